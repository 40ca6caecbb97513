using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Clipping;

/// <summary>
/// PPO's surrogate of two advantages, <c>ℓ = (1 - w₂) ℓ_ppo(r, A) + w₂ ℓ_ppo(r, A₂)</c>, with <see cref="PathBatch.SecondAdvantage"/> and
/// <see cref="PathBatch.SecondWeight"/>. Blending losses is not blending advantages: where A and A₂ differ in sign, the clip holds the one and not the other. Without
/// second advantages it is PPO.
/// </summary>
public sealed class BlendedPpoClipping(PpoClippingOptions options) : IClipping
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IClipping, PpoClippingOptions> Definition { get; } = new(
        new ComponentInfo(
            "blended-ppo",
            Seam.Clipping,
            "Weighted sum of PPO's clipped surrogates of two advantages.",
            "ℓ_{i,t} = (1 - w₂) ℓ(r, A) + w₂ ℓ(r, A₂),  ℓ(r, A) = max(-A r, -A clip(r, 1-ε_low, 1+ε_high));  A < 0 and c > 0: min(ℓ, -c A)",
            "COPO 2025, Consistency-Aware Policy Optimization")
        {
            Mechanism = "Two advantages of one response may disagree. Each gets the whole pessimistic surrogate with its own side of the clip, and the losses are summed with the weights that "
                + "the advantage component wrote next to them.",
        },
        PpoClippingOptions.Schema,
        options => new BlendedPpoClipping(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The surrogate of any run of tokens; tokens with mask 0 are left alone.</summary>
    /// <param name="ratio">r. [tokens]</param>
    /// <param name="advantage">A. [tokens]</param>
    /// <param name="second">A₂. [tokens]</param>
    /// <param name="weight">w₂ in [0, 1]. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="options">ε_low, ε_high, c.</param>
    /// <param name="surrogate">Receives losses, derivatives and the marks of both.</param>
    public static void Compute(
        ReadOnlySpan<float> ratio,
        ReadOnlySpan<float> advantage,
        ReadOnlySpan<float> second,
        ReadOnlySpan<float> weight,
        ReadOnlySpan<float> mask,
        PpoClippingOptions options,
        Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(options);
        float low = (float)options.Low, high = (float)options.High, dualClip = (float)options.DualClip;
        for (int t = 0; t < ratio.Length; t++)
        {
            if (mask[t] != 0)
            {
                (float loss, float gradient, byte mark) = PpoClipping.Token(ratio[t], advantage[t], low, high, dualClip);
                (float loss2, float gradient2, byte mark2) = PpoClipping.Token(ratio[t], second[t], low, high, dualClip);
                surrogate.Loss[t] = ((1 - weight[t]) * loss) + (weight[t] * loss2);
                surrogate.RatioGradient[t] = ((1 - weight[t]) * gradient) + (weight[t] * gradient2);
                surrogate.Clipped[t] |= (byte)((weight[t] < 1 ? mark : 0) | (weight[t] > 0 ? mark2 : 0));
            }
        }
    }

    /// <inheritdoc/>
    public void Apply(PathBatch batch, ReadOnlySpan<float> ratio, Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Columns.RequireFinite(this, batch, batch.SecondAdvantage, "second advantage");
        Compute(ratio, batch.Advantage, batch.SecondAdvantage, batch.SecondWeight, batch.Mask, options, surrogate);
    }
}
