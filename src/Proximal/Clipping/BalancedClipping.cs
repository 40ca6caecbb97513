using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Clipping;

/// <summary>
/// BAPO: PPO's clip (with dual clip) whose bounds are searched anew for every minibatch: <c>c_high</c> rises, then <c>c_low</c>, until tokens with a
/// positive advantage provide at least the share ρ0 of what acts. As printed, a clipped negative token counts <c>c_low |A|</c>, so raising c_low
/// lowers the share it is meant to raise; the default mode counts <c>r |A|</c> of the tokens that have a gradient, for which both moves raise it.
/// </summary>
public sealed class BalancedClipping(BalancedClippingOptions options) : IClipping, IPrepares, IMetricSource
{
    // A bound that is reached up to rounding is reached.
    private const double Tolerance = 1e-9;

    private (double Low, double High, double Share) bounds = (options.LowStart, options.HighStart, 1);

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IClipping, BalancedClippingOptions> Definition { get; } = new(
        new ComponentInfo(
            "bapo",
            Seam.Clipping,
            "PPO's clip with bounds that widen until positive tokens provide their share of the gradient.",
            "ℓ_{i,t} = max(-A r, -A clip(r, c_low, c_high));  c_high += δ1, then c_low += δ2, while Σ_{A>0} c / Σ c < ρ0,  c = r |A| where the gradient is alive",
            "Xi et al. 2025, BAPO, arXiv:2510.18927")
        {
            Mechanism =
                "On stale data tokens with negative advantages dominate the loss, and a symmetric clip removes the rare positive tokens that would keep entropy " +
                "up. Before every update the bounds start narrow; the upper one rises to let more positive tokens act, then the lower one to drop negative " +
                "tokens that are rare already, until positive tokens hold the share ρ0 or the bounds end.",
        },
        BalancedClippingOptions.Schema,
        options => new BalancedClipping(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The bounds of the last minibatch and the share of positive tokens within them.</summary>
    public (double Low, double High, double Share) Bounds => bounds;

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics =>
        [("clip/low-bound", bounds.Low), ("clip/high-bound", bounds.High), ("clip/positive-share", bounds.Share)];

    /// <summary>The share of the contributions that tokens with a positive advantage hold; 1 where nothing contributes.</summary>
    /// <param name="ratio">r. [tokens]</param>
    /// <param name="advantage">A. [tokens]</param>
    /// <param name="old">log π_old, by which contributions are weighted; empty for no weights. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="low">c_low.</param>
    /// <param name="high">c_high.</param>
    /// <param name="mode">What a token contributes.</param>
    public static double PositiveShare(
        ReadOnlySpan<float> ratio,
        ReadOnlySpan<float> advantage,
        ReadOnlySpan<float> old,
        ReadOnlySpan<float> mask,
        double low,
        double high,
        BalanceMode mode)
    {
        double positive = 0, all = 0;
        for (int t = 0; t < ratio.Length; t++)
        {
            if (mask[t] == 0 || advantage[t] == 0)
            {
                continue;
            }

            double r = ratio[t], a = advantage[t];
            double contribution = mode == BalanceMode.Literal ? Math.Abs(Math.Min(r * a, Math.Clamp(r, low, high) * a)) :
                (a > 0 ? r <= high : r >= low) ? r * Math.Abs(a) : 0;
            contribution *= old.IsEmpty ? 1 : Math.Exp(old[t]);
            positive += a > 0 ? contribution : 0;
            all += contribution;
        }

        return all == 0 ? 1 : positive / all;
    }

    /// <summary>Searches the bounds of a minibatch.</summary>
    /// <param name="ratio">r. [tokens]</param>
    /// <param name="advantage">A. [tokens]</param>
    /// <param name="old">log π_old. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="options">Starts, ends, steps and share.</param>
    /// <returns>c_low, c_high and the share of positive tokens within them.</returns>
    public static (double Low, double High, double Share) Search(
        ReadOnlySpan<float> ratio, ReadOnlySpan<float> advantage, ReadOnlySpan<float> old, ReadOnlySpan<float> mask, BalancedClippingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        double low = options.LowStart, high = options.HighStart;
        ReadOnlySpan<float> weights = options.Weighted ? old : [];
        int lowSteps = 0, highSteps = 0;
        while (true)
        {
            double share = PositiveShare(ratio, advantage, weights, mask, low, high, options.Mode);
            double nextLow = options.LowStart + ((lowSteps + 1) * options.LowStep), nextHigh = options.HighStart + ((highSteps + 1) * options.HighStep);
            bool canLow = nextLow <= options.LowEnd + Tolerance, canHigh = nextHigh <= options.HighEnd + Tolerance;
            if (share >= options.Share || (!canLow && !canHigh))
            {
                return (low, high, share);
            }

            if (canHigh && !(options.LowFirst && canLow))
            {
                (high, highSteps) = (nextHigh, highSteps + 1);
            }
            else
            {
                (low, lowSteps) = (nextLow, lowSteps + 1);
            }
        }
    }

    /// <inheritdoc/>
    public void Prepare(PathBatch minibatch, ReadOnlySpan<float> ratio)
    {
        ArgumentNullException.ThrowIfNull(minibatch);
        bounds = Search(ratio, minibatch.Advantage, minibatch.Old, minibatch.Mask, options);
    }

    /// <inheritdoc/>
    public void Apply(PathBatch batch, ReadOnlySpan<float> ratio, Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(batch);
        PpoClippingOptions ppo = new() { Low = 1 - bounds.Low, High = bounds.High - 1, DualClip = options.DualClip };
        PpoClipping.Compute(ratio, batch.Advantage, batch.Mask, ppo, surrogate);
    }
}
