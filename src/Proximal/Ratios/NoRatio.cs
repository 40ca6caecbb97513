using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Ratios;

/// <summary>No importance ratio: 1 everywhere, with no gradient. With the policy-gradient surrogate this is plain REINFORCE.</summary>
public sealed class NoRatio : IRatio
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRatio, NoOptions> Definition { get; } = new(
        new ComponentInfo("none", Seam.Ratios, "No importance ratio.", "r_{i,t} = 1", "Williams 1992, Simple statistical gradient-following algorithms"),
        NoOptions.Schema,
        _ => new NoRatio());

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public void Compute(PathBatch batch, Span<float> ratio, Span<byte> clipped) => ratio.Fill(1);

    /// <inheritdoc/>
    public void Backward(PathBatch batch, ReadOnlySpan<float> ratio, ReadOnlySpan<float> ratioGradient, Span<float> currentGradient)
    {
    }
}
