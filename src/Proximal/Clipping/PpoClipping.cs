using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Clipping;

/// <summary>
/// PPO: <c>ℓ = max(-A r, -A clip(r, 1-ε_low, 1+ε_high))</c>, and for A &lt; 0 with dual clip <c>min(ℓ, -c A)</c>. Schulman et al. 2017, equation 7;
/// Ye et al. 2020, equation 5.
/// </summary>
public sealed class PpoClipping(PpoClippingOptions options) : IClipping
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IClipping, PpoClippingOptions> Definition { get; } = new(
        new ComponentInfo(
            "ppo",
            Seam.Clipping,
            "Pessimistic clipped surrogate, with separate bounds and optional dual clip.",
            "ℓ_{i,t} = max(-A r, -A clip(r, 1-ε_low, 1+ε_high));  A < 0 and c > 0: min(ℓ, -c A)",
            "Schulman et al. 2017, PPO, arXiv:1707.06347; Ye et al. 2020, dual clip, arXiv:1912.09729"),
        PpoClippingOptions.Schema,
        options => new PpoClipping(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The surrogate of one token.</summary>
    /// <param name="ratio">r.</param>
    /// <param name="advantage">A.</param>
    /// <param name="low">ε_low.</param>
    /// <param name="high">ε_high.</param>
    /// <param name="dualClip">c, or 0 for none.</param>
    /// <returns>The loss, its derivative with respect to the ratio, and the mark: <see cref="ClipMark.TrustRegion"/>, <see cref="ClipMark.Dual"/> or 0.</returns>
    public static (float Loss, float RatioGradient, byte Clipped) Token(float ratio, float advantage, float low, float high, float dualClip)
    {
        float plain = -advantage * ratio, bounded = -advantage * Math.Clamp(ratio, 1 - low, 1 + high);
        if (bounded > plain)
        {
            return (bounded, 0, ClipMark.TrustRegion);
        }

        return dualClip > 0 && advantage < 0 && plain > -advantage * dualClip ? (-advantage * dualClip, 0, ClipMark.Dual) : (plain, -advantage, (byte)0);
    }

    /// <summary>The surrogate of any run of tokens; tokens with mask 0 are left alone.</summary>
    /// <param name="ratio">r. [tokens]</param>
    /// <param name="advantage">A. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="options">ε_low, ε_high, c.</param>
    /// <param name="surrogate">Receives losses, derivatives and marks.</param>
    public static void Compute(ReadOnlySpan<float> ratio, ReadOnlySpan<float> advantage, ReadOnlySpan<float> mask, PpoClippingOptions options, Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(options);
        float low = (float)options.Low, high = (float)options.High, dualClip = (float)options.DualClip;
        for (int t = 0; t < ratio.Length; t++)
        {
            if (mask[t] != 0)
            {
                (surrogate.Loss[t], surrogate.RatioGradient[t], byte mark) = Token(ratio[t], advantage[t], low, high, dualClip);
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
