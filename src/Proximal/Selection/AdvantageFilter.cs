using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Selection;

/// <summary>Drops groups that teach next to nothing, mask and all: those in which no token's advantage reaches a threshold, <c>max |A| &lt; ε</c>.</summary>
public sealed class AdvantageFilter(AdvantageFilterOptions options) : ISelection
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<ISelection, AdvantageFilterOptions> Definition { get; } = new(
        new ComponentInfo(
            "advantage-filter",
            Seam.Selection,
            "Drops groups whose advantages are all (nearly) 0.",
            "m_{i,t} = 0 where max_g |A| < ε",
            "Chen et al. 2025, Reinforcement Learning for Long-Horizon Interactive LLM Agents, arXiv:2502.01600")
        {
            Mechanism = "Prompts whose rollouts all earned the same have no advantage. They add nothing to the gradient but count in the means of the loss; without them the others keep their full weight. It looks at advantages and so serves graded rewards and every baseline.",
        },
        AdvantageFilterOptions.Schema,
        options => new AdvantageFilter(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public void Select(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (int group = 0; group < batch.GroupCount; group++)
        {
            Range paths = batch.Group(group);
            Range tokens = batch.PathOffsets[paths.Start.Value]..batch.PathOffsets[paths.End.Value];
            float threshold = (float)options.Threshold;
            if (!batch.Advantage[tokens].ContainsAnyExceptInRange(-threshold, threshold))
            {
                batch.Mask[tokens].Clear();
                batch.Weight[tokens].Clear();
            }
        }
    }
}
