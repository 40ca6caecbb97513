using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Advantages;

/// <summary>ReMax: reward-to-go minus the reward of the greedy response to the same prompt, <c>A_t = Σ_{k≥t} r_k - R(greedy)</c>.</summary>
public sealed class ReMaxAdvantage : IAdvantage, IRequires
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, NoOptions> Definition { get; } = new(
        new ComponentInfo(
            "remax",
            Seam.Advantages,
            "Reward-to-go minus the reward of the greedy response.",
            "A_{i,t} = Σ_{k≥t} r_{i,k} - R(y_greedy(x))",
            "Li et al. 2023, ReMax, arXiv:2310.10505"),
        NoOptions.Schema,
        _ => new ReMaxAdvantage());

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public Requirements Requirements => Requirements.GreedyBaseline;

    /// <inheritdoc/>
    public void Compute(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Columns.RequireFinite(this, batch, batch.TokenReward, "reward");
        Columns.RequireFiniteRewards(this, batch, batch.GreedyRewards, "greedy reward of group");
        for (int group = 0; group < batch.GroupCount; group++)
        {
            float baseline = batch.GreedyRewards[group];
            for (int path = batch.GroupOffsets[group]; path < batch.GroupOffsets[group + 1]; path++)
            {
                Range tokens = batch.Path(path);
                Span<float> advantage = batch.Advantage[tokens];
                ReadOnlySpan<float> mask = batch.Mask[tokens];
                RewardToGoAdvantage.Compute(batch.TokenReward[tokens], mask, 1, advantage);
                for (int t = 0; t < advantage.Length; t++)
                {
                    advantage[t] -= mask[t] == 0 ? 0 : baseline;
                }
            }
        }
    }
}
