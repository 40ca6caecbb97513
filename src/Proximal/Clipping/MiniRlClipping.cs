using Proximal.Ratios;
using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Clipping;

/// <summary>
/// MiniRL: REINFORCE with the whole importance weight to the sampler and PPO's mask, <c>ℓ = -M · sg(min(π_θ/μ, C)) · A · log π_θ</c> with
/// <c>M = 0</c> where (A &gt; 0 and r &gt; 1+ε_high) or (A &lt; 0 and r &lt; 1-ε_low), else 1; r is the ratio to the policy before the updates of the step.
/// Zheng et al. 2025, section 3.
/// </summary>
public sealed class MiniRlClipping(MiniRlOptions options) : IClipping, IMetricSource
{
    private SamplerMismatch mismatch;

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IClipping, MiniRlOptions> Definition { get; } = new(
        new ComponentInfo(
            "minirl",
            Seam.Clipping,
            "Policy gradient with the truncated weight to the sampler and PPO's mask.",
            "ℓ_{i,t} = -M sg(min(π_θ / μ, C)) A log π_θ(y_{i,t}),  M = 0 for (A > 0, r > 1+ε_high) and (A < 0, r < 1-ε_low), else 1",
            "Zheng et al. 2025, Stabilizing Reinforcement Learning with LLMs: Formulation and Practices, arXiv:2512.01374")
        {
            Mechanism =
                "The expected reward of whole sequences, weighted by their importance, is to first order a sum over tokens with the weight of each token alone. " +
                "The approximation holds while π_θ/μ is near 1, and that ratio has two parts: how far the engine that samples is from the trainer (π_old/μ), and " +
                "how stale the sampling policy is (π_θ/π_old). So the weight goes all the way to the sampler and is truncated, and the mask keeps the second part small.",
        },
        MiniRlOptions.Schema,
        options => new MiniRlClipping(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics => [("sampler/kl", mismatch.DivergenceK3), ("sampler/largest-weight", mismatch.MaxWeight)];

    /// <summary>Whether a token keeps its gradient: where PPO's clip is not active.</summary>
    /// <param name="ratio">r.</param>
    /// <param name="advantage">A.</param>
    /// <param name="low">ε_low.</param>
    /// <param name="high">ε_high.</param>
    public static bool Keeps(float ratio, float advantage, float low, float high) =>
        !((advantage > 0 && ratio > 1 + high) || (advantage < 0 && ratio < 1 - low));

    /// <summary>The surrogate of any run of tokens; tokens with mask 0 are left alone.</summary>
    /// <param name="ratio">r, to the policy before the updates of the step. [tokens]</param>
    /// <param name="advantage">A. [tokens]</param>
    /// <param name="current">log π_θ. [tokens]</param>
    /// <param name="behaviour">log μ. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="options">ε_low, ε_high, C, and what is left out.</param>
    /// <param name="surrogate">Receives losses, derivatives and marks.</param>
    public static void Compute(
        ReadOnlySpan<float> ratio,
        ReadOnlySpan<float> advantage,
        ReadOnlySpan<float> current,
        ReadOnlySpan<float> behaviour,
        ReadOnlySpan<float> mask,
        MiniRlOptions options,
        Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(options);
        float low = (float)options.Low, high = (float)options.High, cap = (float)options.Cap;
        for (int t = 0; t < ratio.Length; t++)
        {
            if (mask[t] == 0)
            {
                continue;
            }

            if (options.Clip && !Keeps(ratio[t], advantage[t], low, high))
            {
                surrogate.Clipped[t] |= ClipMark.TrustRegion;
                continue;
            }

            float weight = options.ImportanceWeight ? MathF.Min(MathF.Exp(LogRatio.Bounded(current[t], behaviour[t])), cap) : 1;
            surrogate.CurrentGradient[t] = -weight * advantage[t];
            surrogate.Loss[t] = surrogate.CurrentGradient[t] * current[t];
        }
    }

    /// <inheritdoc/>
    public void Apply(PathBatch batch, ReadOnlySpan<float> ratio, Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Columns.RequireFinite(this, batch, batch.Behaviour, "behaviour log-probability");
        mismatch = SamplerMismatch.Measure(batch.Old, batch.Behaviour, batch.Mask);
        Compute(ratio, batch.Advantage, batch.Current, batch.Behaviour, batch.Mask, options, surrogate);
    }
}
