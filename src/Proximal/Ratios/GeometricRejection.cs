using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Ratios;

/// <summary>Rejects whole sequences whose length-normalized weight leaves a band: <c>c = 1{lower ≤ exp(mean_t q) ≤ upper}</c>, <c>q = log π_old - log μ</c>.</summary>
public sealed class GeometricRejection(GeometricRejectionOptions options) : ICorrection
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<ICorrection, GeometricRejectionOptions> Definition { get; } = new(
        new ComponentInfo(
            "geometric-rejection",
            Seam.Corrections,
            "Rejects sequences whose geometric mean weight leaves a band.",
            "c_{i,t} = 1{lower ≤ exp(1/L_i Σ_k log ρ_{i,k}) ≤ upper}",
            "Liu et al. 2025, When Speed Kills Stability: RL Collapse from the Training-Inference Mismatch"),
        GeometricRejectionOptions.Schema,
        options => new GeometricRejection(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public void Compute(PathBatch batch, Span<float> weight)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (int path = 0; path < batch.PathCount; path++)
        {
            Range tokens = batch.Path(path);
            double mean = Math.Exp(SequenceRatio.MeanLogRatio(batch.Old[tokens], batch.Behaviour[tokens], batch.Mask[tokens]));
            DivergenceRejection.Fill(weight[tokens], batch.Mask[tokens], mean >= options.Lower && mean <= options.Upper);
        }
    }
}
