using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Selection;

/// <summary>
/// DAPO's dynamic sampling: groups whose scores are all equal teach nothing and are dropped, mask and all. A rollout loop that keeps drawing
/// prompts until it has enough groups asks <see cref="IsInformative"/>.
/// </summary>
public sealed class DynamicSampling(DynamicSamplingOptions options) : ISelection, IGroupFilter
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<ISelection, DynamicSamplingOptions> Definition { get; } = new(
        new ComponentInfo(
            "dynamic-sampling",
            Seam.Selection,
            "Drops groups whose scores are all equal.",
            "m_{i,t} = 0 where max_g(score) = min_g(score)",
            "Yu et al. 2025, DAPO, arXiv:2503.14476"),
        DynamicSamplingOptions.Schema,
        options => new DynamicSampling(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public int MaximumRounds => options.MaximumRounds;

    /// <inheritdoc/>
    public bool Keep(ReadOnlySpan<float> scores, ReadOnlySpan<float> rewards) => IsInformative(options.UseRewards ? rewards : scores);

    /// <summary>Whether the scores of a group differ.</summary>
    /// <param name="scores">Scores of the rollouts of one prompt. [G]</param>
    public static bool IsInformative(ReadOnlySpan<float> scores) => !scores.IsEmpty && scores.ContainsAnyExcept(scores[0]);

    /// <summary>Probability that a group of G rollouts with pass rate p is informative: <c>1 - p^G - (1-p)^G</c>.</summary>
    public static double KeepProbability(double passRate, int groupSize) => 1 - Math.Pow(passRate, groupSize) - Math.Pow(1 - passRate, groupSize);

    /// <inheritdoc/>
    public void Select(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (int group = 0; group < batch.GroupCount; group++)
        {
            Range paths = batch.Group(group);
            if (!Keep(batch.Scores[paths], batch.Rewards[paths]))
            {
                int start = batch.PathOffsets[paths.Start.Value], end = batch.PathOffsets[paths.End.Value];
                batch.Mask[start..end].Clear();
                batch.Weight[start..end].Clear();
            }
        }
    }
}
