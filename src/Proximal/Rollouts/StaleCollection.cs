using Proximal.Models.Llama;
using Proximal.Recipes;

namespace Proximal.Rollouts;

/// <summary>
/// Rollouts that are not the policy's own, as large systems have them: from the policy of <c>s</c> updates ago, and from a sampler whose logits differ
/// by noise N(0, σ²). What is recorded is the log-probability under the distribution that was really drawn from.
/// </summary>
public sealed record StaleCollection : CollectionSettings
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<CollectionSettings, StaleCollection> Definition { get; } = new(
        new ComponentInfo(
            "stale",
            Seam.Rollouts,
            "Rollouts of the policy of some updates ago, from a sampler with noisy logits.",
            "y_i ~ μ = softmax(z_{θ(k-s)} + σ n),  n ~ N(0, 1);  log μ is recorded",
            "")
        {
            Mechanism = "Asynchronous systems train on rollouts of an older policy, and their inference engine computes slightly other probabilities than the trainer. Both are imitated here in a way that can be dialled: a lag in optimizer updates, and Gaussian noise on the logits of every token. The recorded log-probability is that of the noisy old sampler, so corrections and ratios have the truth to work with.",
        },
        new OptionSchema<StaleCollection>(() => new StaleCollection())
            .Integer("lag", o => o.Lag, (o, v) => o with { Lag = v }, "Optimizer updates that the sampling policy is behind, s.", 0, 256)
            .Flag("anchor", o => o.Anchor, (o, v) => o with { Anchor = v }, "Take the sampler for the old policy, so that ratios correct for lag and noise.")
            .Number("noise", o => o.Noise, (o, v) => o with { Noise = v }, "Standard deviation of the noise on the sampler's logits, σ.", 0, 100),
        settings => settings);

    /// <summary>s: optimizer updates that the sampling policy is behind.</summary>
    public int Lag { get; init; } = 4;

    /// <summary>σ: standard deviation of the noise on the sampler's logits.</summary>
    public double Noise { get; init; }

    /// <summary>
    /// Whether the sampler is taken for the old policy, so that ratios and clips reach back to it and correct for lag and noise themselves; otherwise the
    /// old policy is the learner before the first update on the batch, and what lies between the two is left to corrections.
    /// </summary>
    public bool Anchor { get; init; }

    /// <inheritdoc/>
    public override IRollouts Create(RolloutParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        LlamaModel[] past = [.. Enumerable.Range(0, Lag).Select(_ => parts.Own(parts.Policy.Clone(trainable: false)))];
        LlamaModel sampler = Lag == 0 ? parts.Policy : parts.Own(parts.Policy.Clone(trainable: false));
        return new StaleRollouts(parts.From(sampler, parts.Sampling with { LogitNoise = Noise }), parts.Policy, sampler, past) { SamplerIsAnchor = Anchor };
    }
}
