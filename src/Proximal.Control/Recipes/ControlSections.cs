using Proximal.Recipes;
using Proximal.Recipes.Sections;

namespace Proximal.Control.Recipes;

/// <summary>The keys of a control recipe.</summary>
internal static class ControlSections
{
    private static RecipeSection<ControlEvaluationSettings> Evaluation { get; } = new(ControlEvaluationSettings.Schema);

    private static RecipeSection<ControlCheckpointSettings> Checkpoints { get; } = new(ControlCheckpointSettings.Schema);

    /// <summary>The recipe itself.</summary>
    public static RecipeSection<ControlRecipe> Root { get; } = new RecipeSection<ControlRecipe>(ControlRecipe.Schema)
        .Component("environment", "What is to be controlled.", Seam.Environments, r => r.Environment, (r, v) => r with { Environment = v })
        .Components("wrappers", "Changes to the environment, the innermost first.", Seam.Wrappers, r => r.Wrappers, (r, v) => r with { Wrappers = v })
        .Components("tasks", "Environments over which an algorithm such as 'reptile' learns, each with the wrappers.", Seam.Environments, r => r.Tasks, (r, v) => r with { Tasks = v })
        .Component("algorithm", "How the policy is learned.", Seam.Algorithms, r => r.Algorithm, (r, v) => r with { Algorithm = v })
        .Section("evaluation", "How and when the policy is tried.", Evaluation, _ => new(), r => r.Evaluation, (r, v) => r with { Evaluation = v })
        .Section("checkpoints", "When the run is saved.", Checkpoints, _ => new(), r => r.Checkpoints, (r, v) => r with { Checkpoints = v });
}
