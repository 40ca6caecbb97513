using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Ratios;

/// <summary>The importance ratio of each token, <c>r_t = exp(clamp(log π_θ - log π_old, ±20))</c>; exactly 1 on policy.</summary>
public sealed class TokenRatio : IRatio
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRatio, NoOptions> Definition { get; } = new(
        new ComponentInfo(
            "token",
            Seam.Ratios,
            "One ratio a token.",
            "r_{i,t} = exp(clamp(log π_θ(y_{i,t}) - log π_old(y_{i,t}), -20, 20))",
            "Schulman et al. 2017, PPO, arXiv:1707.06347"),
        NoOptions.Schema,
        _ => new TokenRatio());

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The ratios of any run of tokens; 1 where the mask is 0.</summary>
    /// <param name="current">log π_θ. [tokens]</param>
    /// <param name="old">log π_old. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="ratio">Receives the ratios. [tokens]</param>
    public static void Compute(ReadOnlySpan<float> current, ReadOnlySpan<float> old, ReadOnlySpan<float> mask, Span<float> ratio)
    {
        for (int t = 0; t < ratio.Length; t++)
        {
            ratio[t] = mask[t] == 0 ? 1 : MathF.Exp(LogRatio.Bounded(current[t], old[t]));
        }
    }

    /// <inheritdoc/>
    public void Compute(PathBatch batch, Span<float> ratio, Span<byte> clipped)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Compute(batch.Current, batch.Old, batch.Mask, ratio);
    }

    /// <inheritdoc/>
    public void Backward(PathBatch batch, ReadOnlySpan<float> ratio, ReadOnlySpan<float> ratioGradient, Span<float> currentGradient)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Backward(batch.Current, batch.Old, batch.Mask, ratio, ratioGradient, currentGradient);
    }

    /// <summary>Passes derivatives with respect to the ratios on to log π_θ; nothing passes where the clamp holds.</summary>
    /// <param name="current">log π_θ. [tokens]</param>
    /// <param name="old">log π_old. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="ratio">r. [tokens]</param>
    /// <param name="ratioGradient">∂L/∂r. [tokens]</param>
    /// <param name="currentGradient">Receives the sum with ∂L/∂log π_θ. [tokens]</param>
    public static void Backward(
        ReadOnlySpan<float> current,
        ReadOnlySpan<float> old,
        ReadOnlySpan<float> mask,
        ReadOnlySpan<float> ratio,
        ReadOnlySpan<float> ratioGradient,
        Span<float> currentGradient)
    {
        for (int t = 0; t < ratio.Length; t++)
        {
            if (mask[t] != 0 && Math.Abs(current[t] - old[t]) <= LogRatio.Limit)
            {
                currentGradient[t] += ratioGradient[t] * ratio[t];
            }
        }
    }
}
