using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Clipping;

/// <summary>
/// SAPO: a soft gate in place of the clip, <c>ℓ = -A (4/τ) σ(τ (r - 1))</c>, with slope 1 at r = 1 and another temperature for negative advantages.
/// </summary>
public sealed class SoftGateClipping(SoftGateOptions options) : IClipping
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IClipping, SoftGateOptions> Definition { get; } = new(
        new ComponentInfo(
            "sapo",
            Seam.Clipping,
            "A sigmoid gate around ratio 1 in place of the clip.",
            "ℓ_{i,t} = -A (4/τ) σ(τ (r - 1)),  τ = τ_pos if A > 0 else τ_neg",
            "Gao et al. 2025, Soft Adaptive Policy Optimization, arXiv:2511.20347"),
        SoftGateOptions.Schema,
        options => new SoftGateClipping(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The surrogate of any run of tokens; tokens with mask 0 are left alone.</summary>
    /// <param name="ratio">r. [tokens]</param>
    /// <param name="advantage">A. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="options">The temperatures.</param>
    /// <param name="surrogate">Receives losses and derivatives.</param>
    public static void Compute(ReadOnlySpan<float> ratio, ReadOnlySpan<float> advantage, ReadOnlySpan<float> mask, SoftGateOptions options, Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(options);
        for (int t = 0; t < ratio.Length; t++)
        {
            if (mask[t] != 0)
            {
                double temperature = advantage[t] > 0 ? options.PositiveTemperature : options.NegativeTemperature;
                double gate = 1 / (1 + Math.Exp(-temperature * (ratio[t] - 1.0)));
                surrogate.Loss[t] = (float)(-advantage[t] * gate * 4 / temperature);
                surrogate.RatioGradient[t] = (float)(-advantage[t] * 4 * gate * (1 - gate));
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
