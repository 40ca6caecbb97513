using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Advantages;

/// <summary>
/// OPO: the variance-optimal baseline when the squared gradient norm of a response grows with its length,
/// <c>b = Σ_i L_i R_i / Σ_i L_i</c> over the group; a group of one has baseline 0.
/// </summary>
public sealed class OptimalBaselineAdvantage() : OutcomeAdvantage(Definition.Info)
{
    private float[] lengths = [];

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, NoOptions> Definition { get; } = new(
        new ComponentInfo(
            "opo",
            Seam.Advantages,
            "Reward minus the length-weighted mean reward of the group.",
            "A_{i,t} = R_i - Σ_j L_j R_j / Σ_j L_j",
            "Hao et al. 2025, On-Policy RL with Optimal Reward Baseline, arXiv:2505.23585"),
        NoOptions.Schema,
        _ => new OptimalBaselineAdvantage());

    /// <summary>The advantages of one group.</summary>
    /// <param name="rewards">Rewards of the rollouts of one prompt. [G]</param>
    /// <param name="lengths">Policy tokens of each rollout. [G]</param>
    /// <param name="advantages">Receives the advantages. [G]</param>
    public static void Compute(ReadOnlySpan<float> rewards, ReadOnlySpan<float> lengths, Span<float> advantages)
    {
        double weighted = 0, total = 0;
        for (int i = 0; i < rewards.Length; i++)
        {
            weighted += (double)lengths[i] * rewards[i];
            total += lengths[i];
        }

        double baseline = rewards.Length == 1 || total == 0 ? 0 : weighted / total;
        for (int i = 0; i < rewards.Length; i++)
        {
            advantages[i] = (float)(rewards[i] - baseline);
        }
    }

    /// <inheritdoc/>
    protected override void ComputeGroup(PathBatch batch, int group, ReadOnlySpan<float> rewards, Span<float> advantages)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int first = batch.GroupOffsets[group];
        Span<float> length = Columns.Rent(ref lengths, rewards.Length);
        for (int i = 0; i < rewards.Length; i++)
        {
            length[i] = Columns.Count(batch.Mask[batch.Path(first + i)]);
        }

        Compute(rewards, length, advantages);
    }
}
