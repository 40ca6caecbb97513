namespace Proximal.Ratios;

/// <summary>How far the sampler μ is from the trainer's policy π_old, measured on the sampler's own tokens.</summary>
/// <param name="Divergence">KL(μ || π_old) as the mean of -q, in nats a token; q = log π_old - log μ.</param>
/// <param name="DivergenceK3">The same as the mean of e^q - q - 1, which is never negative.</param>
/// <param name="ChiSquared">χ² = E[ρ²] - 1.</param>
/// <param name="EffectiveSampleShare">(Σρ)² / (n Σρ²): 1 when all weights are equal.</param>
/// <param name="MeanWeight">Mean of ρ.</param>
/// <param name="MaxWeight">Largest ρ.</param>
/// <param name="PerplexityRatio">exp(mean(log μ - log π_old)).</param>
public readonly record struct SamplerMismatch(
    double Divergence,
    double DivergenceK3,
    double ChiSquared,
    double EffectiveSampleShare,
    double MeanWeight,
    double MaxWeight,
    double PerplexityRatio)
{
    /// <summary>Measures over all valid tokens; a batch without any counts as a perfect match.</summary>
    /// <param name="old">log π_old. [tokens]</param>
    /// <param name="behaviour">log μ. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    public static SamplerMismatch Measure(ReadOnlySpan<float> old, ReadOnlySpan<float> behaviour, ReadOnlySpan<float> mask)
    {
        double sumLog = 0, sum = 0, squares = 0, max = 0;
        int count = 0;
        for (int t = 0; t < old.Length; t++)
        {
            if (mask[t] != 0)
            {
                double q = LogRatio.Bounded(old[t], behaviour[t]), weight = Math.Exp(q);
                sumLog += q;
                sum += weight;
                squares += weight * weight;
                max = Math.Max(max, weight);
                count++;
            }
        }

        return count == 0
            ? new SamplerMismatch(0, 0, 0, 1, 1, 1, 1)
            : new SamplerMismatch(
                -sumLog / count,
                ((sum - sumLog) / count) - 1,
                (squares / count) - 1,
                sum * sum / (count * squares),
                sum / count,
                max,
                Math.Exp(-sumLog / count));
    }
}
