using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Regularizers;

/// <summary>
/// ReMix's penalty on the divergence from two anchors, <c>β (λ k3(π_θ, π_ref) + (1-λ) k3(π_θ, π_old))</c> with
/// <c>λ(t) = max(start - decay ⌈max(t - delay, 0) / every⌉, floor)</c>, t counted from 1. The second anchor is the policy at the start of the step.
/// </summary>
public sealed class AnchorDivergence(AnchorDivergenceOptions options) : IRegularizer, IRequires
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRegularizer, AnchorDivergenceOptions> Definition { get; } = new(
        new ComponentInfo(
            "anchors",
            Seam.Regularizers,
            "Penalty on the divergence from a mixture of two anchors: the reference and the policy before the step.",
            "p_{i,t} = β (λ_t k3(log π_θ - log π_ref) + (1-λ_t) k3(log π_θ - log π_old))",
            "Liang et al. 2025, Squeeze the Soaked Sponge (ReMix), arXiv:2507.06892")
        {
            Mechanism = "Early on the policy is held near the model that it began with; as the weight λ falls the anchor moves to the policy of the step before, so that learning from replayed rollouts stays gradual without being tied to the start for ever.",
        },
        AnchorDivergenceOptions.Schema,
        options => new AnchorDivergence(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public string Metric => "anchors";

    /// <inheritdoc/>
    public Requirements Requirements => Requirements.Reference;

    /// <summary>λ of a step.</summary>
    /// <param name="step">t, from 1.</param>
    /// <param name="options">Start, delay, decay, floor.</param>
    public static double Weight(int step, AnchorDivergenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        int losses = (Math.Max(step - options.Delay, 0) + options.Every - 1) / options.Every;
        return Math.Max(options.Start - (options.Decay * losses), options.Floor);
    }

    /// <inheritdoc/>
    public double Apply(PathBatch batch, Penalty penalty)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ReadOnlySpan<float> mask = batch.Mask, current = batch.Current, reference = batch.Reference, old = batch.Old;
        double weight = Weight(batch.Step + 1, options), total = 0;
        for (int t = 0; t < mask.Length; t++)
        {
            if (mask[t] != 0)
            {
                (double first, double firstGradient) = KlDivergence.Token(KlEstimator.K3, current[t], reference[t]);
                (double second, double secondGradient) = KlDivergence.Token(KlEstimator.K3, current[t], old[t]);
                double value = (weight * first) + ((1 - weight) * second);
                penalty.Loss[t] += (float)(options.Coefficient * value);
                penalty.CurrentGradient[t] += (float)(options.Coefficient * ((weight * firstGradient) + ((1 - weight) * secondGradient)));
                total += value;
            }
        }

        return total;
    }
}
