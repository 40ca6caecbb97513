using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Clipping;

/// <summary>The importance-weighted surrogate <c>ℓ = -A r</c>, differentiated through the ratio: for ratios that clip by themselves, and as the limit of PPO for wide bounds.</summary>
public sealed class UnclippedSurrogate : IClipping
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IClipping, NoOptions> Definition { get; } = new(
        new ComponentInfo(
            "unclipped",
            Seam.Clipping,
            "Importance-weighted surrogate, differentiated through the ratio.",
            "ℓ_{i,t} = -A r",
            "Kakade and Langford 2002, Approximately optimal approximate reinforcement learning"),
        NoOptions.Schema,
        _ => new UnclippedSurrogate());

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The surrogate of any run of tokens; tokens with mask 0 are left alone.</summary>
    /// <param name="ratio">r. [tokens]</param>
    /// <param name="advantage">A. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="surrogate">Receives losses and derivatives.</param>
    public static void Compute(ReadOnlySpan<float> ratio, ReadOnlySpan<float> advantage, ReadOnlySpan<float> mask, Surrogate surrogate)
    {
        for (int t = 0; t < ratio.Length; t++)
        {
            if (mask[t] != 0)
            {
                surrogate.Loss[t] = -advantage[t] * ratio[t];
                surrogate.RatioGradient[t] = -advantage[t];
            }
        }
    }

    /// <inheritdoc/>
    public void Apply(PathBatch batch, ReadOnlySpan<float> ratio, Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Compute(ratio, batch.Advantage, batch.Mask, surrogate);
    }
}
