using Proximal.Ratios;
using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Clipping;

/// <summary>
/// Mix-PPG's clip around the policy at the start of the step: with the ratio r to the behaviour policy and its centre <c>c = π_old/μ</c>,
/// <c>ℓ = max(-A r, -A clip(r, c-ε, c+ε))</c>. On policy c is 1 and this is PPO.
/// </summary>
public sealed class CentredClipping(CentredClippingOptions options) : IClipping
{
    private float[] centres = [];

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IClipping, CentredClippingOptions> Definition { get; } = new(
        new ComponentInfo(
            "mix-ppg",
            Seam.Clipping,
            "PPO's clip around the policy at the start of the step, for ratios to an older policy.",
            "ℓ_{i,t} = max(-A r, -A clip(r, c-ε, c+ε)),  c = π_old(y_{i,t}) / μ(y_{i,t})",
            "Liang et al. 2025, Squeeze the Soaked Sponge (ReMix), arXiv:2507.06892")
        {
            Mechanism = "A replayed token begins the step with a ratio c that is not 1. A window around 1 would clip it before anything has changed, or let it go far; a window around c allows the same change from the present policy for fresh and for replayed tokens.",
        },
        CentredClippingOptions.Schema,
        options => new CentredClipping(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The surrogate of any run of tokens; tokens with mask 0 are left alone.</summary>
    /// <param name="ratio">r, to the behaviour policy. [tokens]</param>
    /// <param name="centre">c. [tokens]</param>
    /// <param name="advantage">A. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="width">ε.</param>
    /// <param name="surrogate">Receives losses, derivatives and marks.</param>
    public static void Compute(ReadOnlySpan<float> ratio, ReadOnlySpan<float> centre, ReadOnlySpan<float> advantage, ReadOnlySpan<float> mask, double width, Surrogate surrogate)
    {
        for (int t = 0; t < ratio.Length; t++)
        {
            if (mask[t] != 0)
            {
                // PPO's token with bounds 1 - low = c - ε and 1 + high = c + ε.
                (surrogate.Loss[t], surrogate.RatioGradient[t], byte mark) =
                    PpoClipping.Token(ratio[t], advantage[t], 1 - (centre[t] - (float)width), centre[t] + (float)width - 1, dualClip: 0);
                surrogate.Clipped[t] |= mark;
            }
        }
    }

    /// <inheritdoc/>
    public void Apply(PathBatch batch, ReadOnlySpan<float> ratio, Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Span<float> centre = Columns.Rent(ref centres, batch.TokenCount);
        TokenRatio.Compute(batch.Old, batch.Behaviour, batch.Mask, centre);
        Compute(ratio, centre, batch.Advantage, batch.Mask, options.Width, surrogate);
    }
}
