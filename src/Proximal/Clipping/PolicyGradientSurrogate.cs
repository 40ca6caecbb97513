using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Clipping;

/// <summary>
/// The policy gradient, <c>ℓ = -sg(r) A log π_θ</c>: no clip, and the ratio is a weight without gradient (differentiating it would add the spurious
/// term <c>log π ∇r</c>). With no ratio this is REINFORCE.
/// </summary>
public sealed class PolicyGradientSurrogate : IClipping
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IClipping, NoOptions> Definition { get; } = new(
        new ComponentInfo(
            "none",
            Seam.Clipping,
            "Policy gradient without a clip; the ratio is a detached weight.",
            "ℓ_{i,t} = -sg(r) A log π_θ(y_{i,t})",
            "Williams 1992, Simple statistical gradient-following algorithms"),
        NoOptions.Schema,
        _ => new PolicyGradientSurrogate());

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The surrogate of any run of tokens; tokens with mask 0 are left alone.</summary>
    /// <param name="weight">The detached weight. [tokens]</param>
    /// <param name="advantage">A. [tokens]</param>
    /// <param name="current">log π_θ. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="surrogate">Receives losses and derivatives.</param>
    public static void Compute(ReadOnlySpan<float> weight, ReadOnlySpan<float> advantage, ReadOnlySpan<float> current, ReadOnlySpan<float> mask, Surrogate surrogate)
    {
        for (int t = 0; t < weight.Length; t++)
        {
            if (mask[t] != 0)
            {
                surrogate.CurrentGradient[t] = -weight[t] * advantage[t];
                surrogate.Loss[t] = surrogate.CurrentGradient[t] * current[t];
            }
        }
    }

    /// <inheritdoc/>
    public void Apply(PathBatch batch, ReadOnlySpan<float> ratio, Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Compute(ratio, batch.Advantage, batch.Current, batch.Mask, surrogate);
    }
}
