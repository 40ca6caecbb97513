using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Clipping;

/// <summary>CISPO: the clipped ratio is a detached weight on the policy gradient, <c>ℓ = -sg(clip(r, 1-ε_low, 1+ε_high)) A log π_θ</c>, so that every token keeps a gradient.</summary>
public sealed class CispoClipping(CispoClippingOptions options) : IClipping
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IClipping, CispoClippingOptions> Definition { get; } = new(
        new ComponentInfo(
            "cispo",
            Seam.Clipping,
            "Policy gradient with the clipped ratio as a detached weight.",
            "ℓ_{i,t} = -sg(clip(r, 1-ε_low, 1+ε_high)) A log π_θ(y_{i,t})",
            "MiniMax 2025, MiniMax-M1, arXiv:2506.13585"),
        CispoClippingOptions.Schema,
        options => new CispoClipping(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The surrogate of any run of tokens; tokens with mask 0 are left alone.</summary>
    /// <param name="ratio">r. [tokens]</param>
    /// <param name="advantage">A. [tokens]</param>
    /// <param name="current">log π_θ. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="options">ε_low, ε_high.</param>
    /// <param name="surrogate">Receives losses, derivatives and marks.</param>
    public static void Compute(
        ReadOnlySpan<float> ratio,
        ReadOnlySpan<float> advantage,
        ReadOnlySpan<float> current,
        ReadOnlySpan<float> mask,
        CispoClippingOptions options,
        Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(options);
        float low = 1 - (float)options.Low, high = 1 + (float)options.High;
        for (int t = 0; t < ratio.Length; t++)
        {
            if (mask[t] != 0)
            {
                float weight = Math.Clamp(ratio[t], low, high);
                surrogate.Clipped[t] |= weight == ratio[t] ? (byte)0 : ClipMark.TrustRegion;
                surrogate.CurrentGradient[t] = -weight * advantage[t];
                surrogate.Loss[t] = surrogate.CurrentGradient[t] * current[t];
            }
        }
    }

    /// <inheritdoc/>
    public void Apply(PathBatch batch, ReadOnlySpan<float> ratio, Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Compute(ratio, batch.Advantage, batch.Current, batch.Mask, options, surrogate);
    }
}
