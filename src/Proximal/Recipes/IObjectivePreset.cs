namespace Proximal.Recipes;

/// <summary>A named combination of components: GRPO, DAPO, GSPO and so on.</summary>
public interface IObjectivePreset
{
    /// <summary>The stage with the components of this objective; everything else stays as it is.</summary>
    PolicyStage Apply(PolicyStage stage);
}
