using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Advantages;

/// <summary>
/// Rewards minus a mean over a deviation, each over nothing, the group or the batch: <c>A_i = (R_i - mean) / (std + ε)</c>. Group and batch is Lite PPO,
/// group and group is GRPO, group and none Dr. GRPO. A set of one has mean 0 and deviation 1; where the rewards of the set whose deviation divides are all
/// equal, A = 0.
/// </summary>
public sealed class NormalizedAdvantage(NormalizedOptions options) : IAdvantage
{
    private float[] advantages = [];

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, NormalizedOptions> Definition { get; } = new(
        new ComponentInfo(
            "normalized",
            Seam.Advantages,
            "Rewards centred and scaled by statistics of the group, of the batch, or of neither.",
            "A_{i,t} = (R_i - mean_{none|group|batch}(R)) / (std_{none|group|batch}(R) + ε)",
            "Liu et al. 2025, Part I: Tricks or Traps?, arXiv:2508.08221")
        {
            Mechanism = "The mean of the group is a baseline that knows how hard the prompt is. The deviation of the group becomes tiny when nearly all responses agree, and then "
                + "blows the advantage of the odd one up; the deviation of the whole batch only sets the scale, the same for every prompt. Lite PPO takes the mean of the group and "
                + "the deviation of the batch.",
        },
        NormalizedOptions.Schema,
        options => new NormalizedAdvantage(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The advantages of a batch.</summary>
    /// <param name="rewards">R. [paths]</param>
    /// <param name="groups">First path of each group, then the number of paths. [groups + 1]</param>
    /// <param name="options">Which statistics.</param>
    /// <param name="advantages">Receives the advantages. [paths]</param>
    public static void Compute(ReadOnlySpan<float> rewards, ReadOnlySpan<int> groups, NormalizedOptions options, Span<float> advantages)
    {
        ArgumentNullException.ThrowIfNull(options);
        GroupNormalization deviation = options.Population ? GroupNormalization.PopulationDeviation : GroupNormalization.SampleDeviation;
        (double Mean, double Scale) batch = Statistics(rewards, deviation, options.Epsilon);
        for (int g = 0; g + 1 < groups.Length; g++)
        {
            (double Mean, double Scale) group = Statistics(rewards[groups[g]..groups[g + 1]], deviation, options.Epsilon);
            double mean = Choose(options.Mean, 0, group.Mean, batch.Mean), scale = Choose(options.Deviation, 1, group.Scale, batch.Scale);
            for (int i = groups[g]; i < groups[g + 1]; i++)
            {
                advantages[i] = scale == 0 ? 0 : (float)((rewards[i] - mean) / scale);
            }
        }
    }

    /// <inheritdoc/>
    public void Compute(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Columns.RequireFiniteRewards(this, batch, batch.Rewards, "reward of path");
        Span<float> perPath = Columns.Rent(ref advantages, batch.PathCount);
        Compute(batch.Rewards, batch.GroupOffsets, options, perPath);
        OutcomeAdvantage.Broadcast(batch, perPath, batch.Advantage);
    }

    /// <summary>Mean and std + ε of a set; a scale of 0 where all its rewards are equal.</summary>
    private static (double Mean, double Scale) Statistics(ReadOnlySpan<float> rewards, GroupNormalization deviation, double epsilon)
    {
        if (rewards.Length <= 1)
        {
            return (0, 1);
        }

        double mean = GroupRelativeAdvantage.Mean(rewards);
        return rewards.ContainsAnyExcept(rewards[0]) ? (mean, GroupRelativeAdvantage.Deviation(rewards, mean, deviation) + epsilon) : (rewards[0], 0);
    }

    private static double Choose(RewardSet set, double none, double group, double batch) => set switch
    {
        RewardSet.None => none,
        RewardSet.Group => group,
        _ => batch,
    };
}
