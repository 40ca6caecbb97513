namespace Proximal.Recipes;

/// <summary>What named objectives stand for.</summary>
public static class PresetStages
{
    extension(ComponentDefinition component)
    {
        /// <summary>The policy stage that a named objective fills, with every other value at its default; null for a component that is no objective.</summary>
        public PolicyStage? PresetStage => component is ComponentDefinition<IObjectivePreset> preset
            ? preset.Create(preset.Options.CreateDefaults()).Apply(PolicyStage.CreateUnset())
            : null;
    }
}
