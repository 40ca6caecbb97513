using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Advantages;

/// <summary>
/// Discounted reward-to-go of token rewards, <c>A_t = Σ_{k≥t} γ^{k-t} r_k</c>, counted over policy tokens: observation tokens neither discount nor
/// carry reward.
/// </summary>
public sealed class RewardToGoAdvantage : IAdvantage
{
    private readonly RewardToGoOptions options;

    /// <summary>Reward-to-go with the given options.</summary>
    public RewardToGoAdvantage(RewardToGoOptions options)
        : this(options, Definition.Info)
    {
    }

    internal RewardToGoAdvantage(RewardToGoOptions options, ComponentInfo info)
    {
        this.options = options;
        Info = info;
    }

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, RewardToGoOptions> Definition { get; } = new(
        new ComponentInfo(
            "reward-to-go",
            Seam.Advantages,
            "Discounted sum of the token rewards still to come.",
            "A_{i,t} = Σ_{k≥t} γ^{k-t} r_{i,k}",
            "Sutton and Barto 2018, Reinforcement Learning, section 13.3"),
        RewardToGoOptions.Schema,
        options => new RewardToGoAdvantage(options));

    /// <inheritdoc/>
    public ComponentInfo Info { get; }

    /// <summary>The reward-to-go of one path.</summary>
    /// <param name="rewards">Reward of each token. [tokens of the path]</param>
    /// <param name="mask">1 on policy tokens. [tokens of the path]</param>
    /// <param name="discount">γ.</param>
    /// <param name="returns">Receives the sums, 0 where the mask is 0. [tokens of the path]</param>
    public static void Compute(ReadOnlySpan<float> rewards, ReadOnlySpan<float> mask, double discount, Span<float> returns)
    {
        double running = 0;
        for (int t = rewards.Length - 1; t >= 0; t--)
        {
            if (mask[t] == 0)
            {
                returns[t] = 0;
                continue;
            }

            running = rewards[t] + (discount * running);
            returns[t] = (float)running;
        }
    }

    /// <inheritdoc/>
    public void Compute(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Columns.RequireFinite(this, batch, batch.TokenReward, "reward");
        for (int path = 0; path < batch.PathCount; path++)
        {
            Range tokens = batch.Path(path);
            Compute(batch.TokenReward[tokens], batch.Mask[tokens], options.Discount, batch.Returns[tokens]);
        }

        batch.Returns.CopyTo(batch.Advantage);
        if (options.Whiten)
        {
            Whitening.Apply(batch.Advantage, batch.Mask);
        }
    }
}
