using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Advantages;

/// <summary>
/// REINFORCE: <c>A_i = R_i - b</c> with a baseline that does not depend on the sampled response. The moving average is updated after the
/// batch, <c>b ← 0.99 b + 0.01 mean(R)</c>, so that it is independent of the rewards it is subtracted from. Williams 1992.
/// </summary>
public sealed class ReinforceAdvantage(ReinforceOptions options) : OutcomeAdvantage(Definition.Info), IRequires, IStateful
{
    private const string StateKey = "baseline";

    private double movingAverage = options.Constant;

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, ReinforceOptions> Definition { get; } = new(
        new ComponentInfo(
            "reinforce",
            Seam.Advantages,
            "Reward minus a baseline that does not depend on the response.",
            "A_{i,t} = R_i - b(x),  b ∈ {0, c, EMA(R), R(greedy), mean_g(R)}",
            "Williams 1992, Simple statistical gradient-following algorithms"),
        ReinforceOptions.Schema,
        options => new ReinforceAdvantage(options));

    /// <inheritdoc/>
    public Requirements Requirements => options.Baseline == RewardBaseline.Greedy ? Requirements.GreedyBaseline : Requirements.None;

    /// <summary>The moving average b as it stands.</summary>
    public double MovingAverage => movingAverage;

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state[StateKey] = [movingAverage];
    }

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        movingAverage = state[StateKey][0];
    }

    /// <inheritdoc/>
    protected override void ComputeGroup(PathBatch batch, int group, ReadOnlySpan<float> rewards, Span<float> advantages)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (options.Baseline == RewardBaseline.Greedy)
        {
            Columns.RequireFiniteRewards(this, batch, batch.GreedyRewards, "greedy reward of group");
        }

        double baseline = options.Baseline switch
        {
            RewardBaseline.Constant => options.Constant,
            RewardBaseline.MovingAverage => movingAverage,
            RewardBaseline.Greedy => batch.GreedyRewards[group],
            RewardBaseline.GroupMean when rewards.Length > 1 => GroupRelativeAdvantage.Mean(rewards),
            _ => 0,
        };
        for (int i = 0; i < rewards.Length; i++)
        {
            advantages[i] = (float)(rewards[i] - baseline);
        }
    }

    /// <inheritdoc/>
    protected override void Complete(PathBatch batch, Span<float> advantages)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.PathCount > 0)
        {
            movingAverage = (options.Decay * movingAverage) + ((1 - options.Decay) * GroupRelativeAdvantage.Mean(batch.Rewards));
        }
    }
}
