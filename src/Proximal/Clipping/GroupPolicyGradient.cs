using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Clipping;

/// <summary>GPG: <c>ℓ = -A log π_θ</c>, the bare policy gradient, whatever the ratio.</summary>
public sealed class GroupPolicyGradient : IClipping
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IClipping, NoOptions> Definition { get; } = new(
        new ComponentInfo("gpg", Seam.Clipping, "The bare policy gradient, whatever the ratio.", "ℓ_{i,t} = -A log π_θ(y_{i,t})", "Chu et al. 2025, GPG, arXiv:2504.02546"),
        NoOptions.Schema,
        _ => new GroupPolicyGradient());

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The surrogate of any run of tokens; tokens with mask 0 are left alone.</summary>
    /// <param name="advantage">A. [tokens]</param>
    /// <param name="current">log π_θ. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="surrogate">Receives losses and derivatives.</param>
    public static void Compute(ReadOnlySpan<float> advantage, ReadOnlySpan<float> current, ReadOnlySpan<float> mask, Surrogate surrogate)
    {
        for (int t = 0; t < advantage.Length; t++)
        {
            if (mask[t] != 0)
            {
                surrogate.CurrentGradient[t] = -advantage[t];
                surrogate.Loss[t] = -advantage[t] * current[t];
            }
        }
    }

    /// <inheritdoc/>
    public void Apply(PathBatch batch, ReadOnlySpan<float> ratio, Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Compute(batch.Advantage, batch.Current, batch.Mask, surrogate);
    }
}
