using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Comparisons;

/// <summary>
/// The supervised stage that runs of different methods have in common: where everything before policy optimization agrees, seed included, one run
/// trains it, and the others continue from its checkpoint to the same bits.
/// </summary>
internal static class SharedStart
{
    /// <summary>Everything that decides a run up to policy optimization, as text; null for a recipe without two stages.</summary>
    public static string? Key(Recipe recipe)
    {
        if (recipe.Supervised is null || recipe.Policy is not { } policy)
        {
            return null;
        }

        // Held-out problems are measured with the rewards and the length of responses of the policy stage.
        PolicyStage common = new PolicyStage
        {
            Advantage = policy.Advantage.Definition.Info.Seam == Seam.Advantages ? Neutral.Advantage : policy.Advantage,
            Ratio = Neutral.Ratio,
            Clipping = Neutral.Clipping,
            Aggregation = Neutral.Aggregation,
            ResponseTokens = policy.ResponseTokens,
            Rewards = policy.Rewards,
        };
        return RecipeWriter.Write(recipe with { Name = "start", Workers = 1, Checkpoints = new CheckpointSettings(), Policy = common });
    }
}
