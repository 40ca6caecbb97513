using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Ratios;

/// <summary>
/// The ratio of each token to the distribution that really produced it, <c>r_t = exp(clamp(log π_θ - log μ, ±20))</c>: staleness and the difference
/// between trainer and sampler in one number. Equal to <see cref="TokenRatio"/> on rollouts of the policy itself.
/// </summary>
public sealed class BehaviourRatio : IRatio
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRatio, NoOptions> Definition { get; } = new(
        new ComponentInfo(
            "behaviour",
            Seam.Ratios,
            "One ratio a token, to the distribution that the token was drawn from.",
            "r_{i,t} = exp(clamp(log π_θ(y_{i,t}) - log μ(y_{i,t}), -20, 20))",
            "Precup et al. 2000, Eligibility Traces for Off-Policy Policy Evaluation")
        {
            Mechanism = "Replayed and stale rollouts come from another distribution than the policy before the update. The ratio to the recorded log-probability is the importance weight that makes an expectation over them one over the policy.",
        },
        NoOptions.Schema,
        _ => new BehaviourRatio());

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public void Compute(PathBatch batch, Span<float> ratio, Span<byte> clipped)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Columns.RequireFinite(this, batch, batch.Behaviour, "behaviour log-probability");
        TokenRatio.Compute(batch.Current, batch.Behaviour, batch.Mask, ratio);
    }

    /// <inheritdoc/>
    public void Backward(PathBatch batch, ReadOnlySpan<float> ratio, ReadOnlySpan<float> ratioGradient, Span<float> currentGradient)
    {
        ArgumentNullException.ThrowIfNull(batch);
        TokenRatio.Backward(batch.Current, batch.Behaviour, batch.Mask, ratio, ratioGradient, currentGradient);
    }
}
