using Proximal.Recipes.Yaml;

namespace Proximal.Recipes.Sections;

/// <summary>The name of a preset, whose components the keys after it may change one by one.</summary>
internal sealed class ObjectiveField() : RecipeField<PolicyStage>("objective", "A named combination of components; the keys below change single ones. 'custom' starts from none.")
{
    /// <summary>The preset of a stage that names none.</summary>
    public const string Default = "grpo";

    /// <inheritdoc/>
    public override PolicyStage Read(RecipeBinding binding, YamlNode? node, RecipePosition section, string path, PolicyStage current)
    {
        if (node is YamlScalar { Text: PolicyStage.CustomObjective })
        {
            return current;
        }

        ComponentDefinition? preset = binding.Components[Seam.Objectives]?.Find(Default);
        ComponentChoice fallback = preset is null ? RecipeBinding.Unset : new ComponentChoice(preset);
        ComponentChoice choice = node is null ? fallback : binding.ReadComponent(node, path, Seam.Objectives, fallback);
        return choice == RecipeBinding.Unset
            ? current
            : choice.Create<IObjectivePreset>().Apply(current) with { Objective = choice.Definition.Info.Key };
    }

    /// <inheritdoc/>
    public override void Write(YamlWriter writer, PolicyStage value) => writer.Value(Key, value.Objective);

    /// <inheritdoc/>
    public override void WriteSchema(SchemaWriter schema) => schema.Component(Seam.Objectives, Description, PolicyStage.CustomObjective);
}
