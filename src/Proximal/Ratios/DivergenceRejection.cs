using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Ratios;

/// <summary>Rejects whole sequences on which sampler and trainer disagree: <c>c = 1{mean_t k(q) ≤ c}</c> with <c>k2 = q²/2</c> or <c>k3 = e^q - q - 1</c>, <c>q = log π_old - log μ</c>.</summary>
public sealed class DivergenceRejection(DivergenceRejectionOptions options) : ICorrection
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<ICorrection, DivergenceRejectionOptions> Definition { get; } = new(
        new ComponentInfo(
            "divergence-rejection",
            Seam.Corrections,
            "Rejects sequences with a large divergence between sampler and trainer.",
            "c_{i,t} = 1{1/L_i Σ_k k(q_{i,k}) ≤ c},  k2 = q²/2 or k3 = e^q - q - 1,  q = log π_old - log μ",
            "verl, rollout correction, k2 and k3 rejection sampling"),
        DivergenceRejectionOptions.Schema,
        options => new DivergenceRejection(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>Mean of the estimate over one sequence; 0 when it has no policy token.</summary>
    /// <param name="old">log π_old. [tokens of the path]</param>
    /// <param name="behaviour">log μ. [tokens of the path]</param>
    /// <param name="mask">1 on policy tokens. [tokens of the path]</param>
    /// <param name="statistic">The estimate.</param>
    public static double Mean(ReadOnlySpan<float> old, ReadOnlySpan<float> behaviour, ReadOnlySpan<float> mask, RejectionStatistic statistic) =>
        Sum(old, behaviour, mask, statistic) / Math.Max(1, Columns.Count(mask));

    /// <summary>Sum of the estimate over one sequence.</summary>
    /// <param name="old">log π_old. [tokens of the path]</param>
    /// <param name="behaviour">log μ. [tokens of the path]</param>
    /// <param name="mask">1 on policy tokens. [tokens of the path]</param>
    /// <param name="statistic">The estimate.</param>
    public static double Sum(ReadOnlySpan<float> old, ReadOnlySpan<float> behaviour, ReadOnlySpan<float> mask, RejectionStatistic statistic)
    {
        double sum = 0;
        for (int t = 0; t < old.Length; t++)
        {
            if (mask[t] != 0)
            {
                double q = LogRatio.Bounded(old[t], behaviour[t]);
                sum += statistic == RejectionStatistic.K2 ? q * q / 2 : Math.Exp(q) - q - 1;
            }
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Compute(PathBatch batch, Span<float> weight)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (int path = 0; path < batch.PathCount; path++)
        {
            Range tokens = batch.Path(path);
            double mean = Mean(batch.Old[tokens], batch.Behaviour[tokens], batch.Mask[tokens], options.Statistic);
            Fill(weight[tokens], batch.Mask[tokens], mean <= options.Threshold);
        }
    }

    internal static void Fill(Span<float> weight, ReadOnlySpan<float> mask, bool keep)
    {
        for (int t = 0; t < weight.Length; t++)
        {
            weight[t] = keep && mask[t] != 0 ? 1 : 0;
        }
    }
}
