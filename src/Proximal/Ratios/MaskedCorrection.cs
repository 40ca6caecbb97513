using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Ratios;

/// <summary>Masked importance sampling (MIS): <c>c = ρ · 1{lower ≤ ρ ≤ C}</c> with ρ of the token or the product over the sequence.</summary>
public sealed class MaskedCorrection(MaskedCorrectionOptions options) : ICorrection
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<ICorrection, MaskedCorrectionOptions> Definition { get; } = new(
        new ComponentInfo(
            "masked",
            Seam.Corrections,
            "Importance weights between trainer and sampler, zero outside a band.",
            "c_{i,t} = ρ 1{1/C ≤ ρ ≤ C},  ρ = π_old(y_{i,t}) / μ(y_{i,t}) or their product over the sequence",
            "Liu et al. 2025, When Speed Kills Stability: RL Collapse from the Training-Inference Mismatch"),
        MaskedCorrectionOptions.Schema,
        options => new MaskedCorrection(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary><c>w ← w · 1{lower ≤ w ≤ upper}</c>.</summary>
    public static void Apply(Span<float> weights, double lower, double upper)
    {
        foreach (ref float weight in weights)
        {
            weight = weight < lower || weight > upper ? 0 : weight;
        }
    }

    /// <inheritdoc/>
    public void Compute(PathBatch batch, Span<float> weight)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ImportanceWeights.Compute(batch, options.Level, weight);
        Apply(weight, options.Lower == 0 ? 1 / options.Upper : options.Lower, options.Upper);
        ImportanceWeights.Normalize(batch, options.Normalization, weight);
    }
}
