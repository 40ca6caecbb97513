using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Advantages;

/// <summary>
/// GAE: <c>δ_t = r_t + γ V_{t+1} - V_t</c>, <c>Â_t = δ_t + γλ Â_{t+1}</c>, returns <c>Â_t + V_t</c> (before standardization). The value after the last
/// token is 0, or where the path is cut and goes on later that of its last state (EGAE, Fan et al. 2025); <c>V_{t+1}</c> and <c>Â_{t+1}</c> pass over observation tokens unchanged. Schulman et al. 2016, equation 16.
/// </summary>
public sealed class GeneralizedAdvantage(GeneralizedAdvantageOptions options) : IAdvantage, IRequires
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, GeneralizedAdvantageOptions> Definition { get; } = new(
        new ComponentInfo(
            "gae",
            Seam.Advantages,
            "Exponentially weighted temporal-difference errors of a critic.",
            "Â_t = δ_t + γλ Â_{t+1},  δ_t = r_t + γ V_{t+1} - V_t,  A = clip(whiten_batch(Â), ±c)",
            "Schulman et al. 2016, High-Dimensional Continuous Control Using GAE, arXiv:1506.02438"),
        GeneralizedAdvantageOptions.Schema,
        options => new GeneralizedAdvantage(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public Requirements Requirements => Requirements.Critic;

    /// <summary>Advantages and returns of one path.</summary>
    /// <param name="rewards">Reward of each token. [tokens of the path]</param>
    /// <param name="values">The critic's value before each token. [tokens of the path]</param>
    /// <param name="mask">1 on policy tokens. [tokens of the path]</param>
    /// <param name="discount">γ.</param>
    /// <param name="trace">λ.</param>
    /// <param name="advantages">Receives Â, 0 where the mask is 0. [tokens of the path]</param>
    /// <param name="returns">Receives Â + V, 0 where the mask is 0. [tokens of the path]</param>
    /// <param name="isCut">Whether the path goes on in a later step.</param>
    public static void Compute(
        ReadOnlySpan<float> rewards,
        ReadOnlySpan<float> values,
        ReadOnlySpan<float> mask,
        double discount,
        double trace,
        Span<float> advantages,
        Span<float> returns,
        bool isCut = false)
    {
        int last = isCut ? mask.LastIndexOfAnyExcept(0f) : -1;
        double nextValue = last < 0 ? 0 : values[last], next = 0;
        for (int t = rewards.Length - 1; t >= 0; t--)
        {
            if (mask[t] == 0)
            {
                advantages[t] = returns[t] = 0;
                continue;
            }

            next = rewards[t] + (discount * nextValue) - values[t] + (discount * trace * next);
            nextValue = values[t];
            advantages[t] = (float)next;
            returns[t] = (float)(next + values[t]);
        }
    }

    /// <inheritdoc/>
    public void Compute(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Columns.RequireFinite(this, batch, batch.TokenReward, "reward");
        Columns.RequireFinite(this, batch, batch.OldValues, "value");
        for (int path = 0; path < batch.PathCount; path++)
        {
            Range tokens = batch.Path(path);
            Compute(
                batch.TokenReward[tokens],
                batch.OldValues[tokens],
                batch.Mask[tokens],
                options.Discount,
                options.Trace,
                batch.Advantage[tokens],
                batch.Returns[tokens],
                batch.Unfinished[path] != 0);
        }

        if (options.Whiten)
        {
            Whitening.Apply(batch.Advantage, batch.Mask);
        }

        if (options.Clip > 0)
        {
            float bound = (float)options.Clip;
            foreach (ref float advantage in batch.Advantage)
            {
                advantage = Math.Clamp(advantage, -bound, bound);
            }
        }
    }
}
