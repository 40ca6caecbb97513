using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Clipping;

/// <summary>
/// REC, the family of group-relative REINFORCE on data of any origin: <c>ℓ = -sg(W M A) log π_θ + penalty</c> with a mask M of the region in which the
/// ratio may act, a weight W and a penalty that holds the policy near its data. With the ratio <c>sequence</c> region and weight are those of GSPO.
/// </summary>
public sealed class RegularizedReinforce(RegularizedReinforceOptions options) : IClipping
{
    // exp(A / T) of a large advantage must stay finite.
    private const double LogLimit = 20;

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IClipping, RegularizedReinforceOptions> Definition { get; } = new(
        new ComponentInfo(
            "rec",
            Seam.Clipping,
            "Policy gradient within a region of ratios, with weights and a pull towards the data's policy.",
            "ℓ_{i,t} = ( -sg(W M A) log π_θ + {0, τ (log π_θ - log π_old)², -τ log π_θ} ) / {1, 1 + τ}",
            "Yao et al. 2025, Group-Relative REINFORCE Is Secretly an Off-Policy Algorithm, arXiv:2509.24203")
        {
            Mechanism =
                "Maximizing reward minus a divergence from an anchor gives a condition on every pair of responses, wherever they were sampled, and one gradient step " +
                "on its squared violation at the anchor is group-relative REINFORCE. So no importance weight is needed; what is needed is something that keeps " +
                "the policy near the anchor, because only the first step is justified. A clip is one such regularizer, and the weights of data are free to choose.",
        },
        RegularizedReinforceOptions.Schema,
        options => new RegularizedReinforce(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>Whether a token keeps its policy gradient.</summary>
    /// <param name="ratio">r.</param>
    /// <param name="advantage">A.</param>
    /// <param name="options">Region and bounds.</param>
    public static bool Keeps(double ratio, double advantage, RegularizedReinforceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        bool belowTop = ratio <= 1 + options.High, aboveBottom = ratio >= 1 - options.Low;
        return options.Region switch
        {
            RegionMask.OneSide => (advantage >= 0 && belowTop) || (advantage <= 0 && aboveBottom),
            RegionMask.TwoSide => belowTop && aboveBottom,
            RegionMask.Ring => (belowTop && aboveBottom) || (advantage >= 0 && ratio <= 1 - options.OuterLow) || (advantage <= 0 && ratio >= 1 + options.OuterHigh),
            _ => true,
        };
    }

    /// <summary>W of a token.</summary>
    /// <param name="ratio">r.</param>
    /// <param name="advantage">A.</param>
    /// <param name="options">Weight, outer bounds and temperature.</param>
    public static double Weight(double ratio, double advantage, RegularizedReinforceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Weight switch
        {
            SampleWeight.Importance => ratio,
            SampleWeight.Truncated => Math.Clamp(ratio, 1 - options.OuterLow, 1 + options.OuterHigh),
            SampleWeight.Advantage => Math.Exp(Math.Min(advantage / options.Temperature, LogLimit)),
            _ => 1,
        };
    }

    /// <summary>The surrogate of any run of tokens; tokens with mask 0 are left alone.</summary>
    /// <param name="ratio">r. [tokens]</param>
    /// <param name="advantage">A. [tokens]</param>
    /// <param name="current">log π_θ. [tokens]</param>
    /// <param name="old">log π_old. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="options">Region, weight and penalty.</param>
    /// <param name="surrogate">Receives losses, derivatives and, as marks, the tokens outside of the region.</param>
    public static void Compute(
        ReadOnlySpan<float> ratio,
        ReadOnlySpan<float> advantage,
        ReadOnlySpan<float> current,
        ReadOnlySpan<float> old,
        ReadOnlySpan<float> mask,
        RegularizedReinforceOptions options,
        Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(options);
        double scale = options.Scaled ? 1 / (1 + options.Tau) : 1;
        for (int t = 0; t < ratio.Length; t++)
        {
            if (mask[t] == 0)
            {
                continue;
            }

            bool keeps = Keeps(ratio[t], advantage[t], options);
            double slope = keeps ? -Weight(ratio[t], advantage[t], options) * advantage[t] : 0, loss = slope * current[t], difference = current[t] - old[t];
            (double penalty, double pull) = options.Penalty switch
            {
                AnchorPenalty.Squared => (options.Tau * difference * difference, 2 * options.Tau * difference),
                AnchorPenalty.Forward => (-options.Tau * current[t], -options.Tau),
                _ => (0, 0),
            };
            surrogate.Loss[t] = (float)(scale * (loss + penalty));
            surrogate.CurrentGradient[t] = (float)(scale * (slope + pull));
            surrogate.Clipped[t] |= keeps ? (byte)0 : ClipMark.TrustRegion;
        }
    }

    /// <inheritdoc/>
    public void Apply(PathBatch batch, ReadOnlySpan<float> ratio, Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Compute(ratio, batch.Advantage, batch.Current, batch.Old, batch.Mask, options, surrogate);
    }
}
