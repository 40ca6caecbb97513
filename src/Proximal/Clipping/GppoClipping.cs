using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Clipping;

/// <summary>
/// GPPO: the value of PPO's clip, but where the clip is active the gradient passes with the constant size of the boundary. The coefficient of
/// <c>A ∇log π_θ</c> is <c>β1 (1-ε_low)</c> for <c>A &lt; 0, r &lt; 1-ε_low</c>; <c>β2 (1+ε_high)</c> for <c>A &gt; 0, r &gt; 1+ε_high</c>; r elsewhere.
/// Where the floor of the dual clip is active the gradient is 0, as in PPO.
/// </summary>
public sealed class GppoClipping(GppoClippingOptions options) : IClipping
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IClipping, GppoClippingOptions> Definition { get; } = new(
        new ComponentInfo(
            "gppo",
            Seam.Clipping,
            "PPO's clip in value, with a bounded gradient where PPO has none.",
            "ℓ_{i,t} = max(-A r, -A clip(r, β1 (1-ε_low) r / sg(r), β2 (1+ε_high) r / sg(r)));  A < 0 and c > 0: min(ℓ, -c A)",
            "Su et al. 2025, Klear-Reasoner, arXiv:2508.07629")
        {
            Mechanism =
                "PPO gives no gradient to rare tokens of good responses that have already become likely enough, nor to tokens of bad responses that have " +
                "already become rare. GPPO keeps the loss of PPO but lets the boundary value act as a constant weight on their gradient. Unlike CISPO it " +
                "stays pessimistic: a good token below the band is not boosted and a bad one above it is not held back.",
        },
        GppoClippingOptions.Schema,
        options => new GppoClipping(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The surrogate of one token.</summary>
    /// <param name="ratio">r, above 0.</param>
    /// <param name="advantage">A.</param>
    /// <param name="options">Bounds, gains and dual clip.</param>
    /// <returns>The loss, its derivative with respect to the ratio, and the mark of <see cref="ClipMark"/>.</returns>
    public static (float Loss, float RatioGradient, byte Clipped) Token(float ratio, float advantage, GppoClippingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (float loss, float gradient, byte mark) = PpoClipping.Token(ratio, advantage, (float)options.Low, (float)options.High, (float)options.DualClip);
        if (mark != ClipMark.TrustRegion)
        {
            return (loss, gradient, mark);
        }

        float boundary = loss * (float)(advantage > 0 ? options.HighGain : options.LowGain);
        return (boundary, boundary / ratio, mark);
    }

    /// <summary>The surrogate of any run of tokens; tokens with mask 0 are left alone.</summary>
    /// <param name="ratio">r. [tokens]</param>
    /// <param name="advantage">A. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="options">Bounds, gains and dual clip.</param>
    /// <param name="surrogate">Receives losses, derivatives and marks.</param>
    public static void Compute(ReadOnlySpan<float> ratio, ReadOnlySpan<float> advantage, ReadOnlySpan<float> mask, GppoClippingOptions options, Surrogate surrogate)
    {
        for (int t = 0; t < ratio.Length; t++)
        {
            if (mask[t] != 0)
            {
                (surrogate.Loss[t], surrogate.RatioGradient[t], byte mark) = Token(ratio[t], advantage[t], options);
                surrogate.Clipped[t] |= mark;
            }
        }
    }

    /// <inheritdoc/>
    public void Apply(PathBatch batch, ReadOnlySpan<float> ratio, Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Compute(ratio, batch.Advantage, batch.Mask, options, surrogate);
    }
}
