using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Diagnostics;

/// <summary>
/// Covariance of log-probability and advantage over the counted tokens of a mini-batch, Cov_i = (log π_i - mean log π)(A_i - mean A): tokens far
/// above zero drive entropy down (Cui et al. 2025, "The Entropy Mechanism").
/// </summary>
/// <param name="Mean">The batch covariance.</param>
/// <param name="TopMean">Mean of the max(1, ⌊f n⌋) largest.</param>
/// <param name="PositiveShare">Share above zero.</param>
public readonly record struct TokenCovariance(double Mean, double TopMean, double PositiveShare)
{
    /// <summary>Writes Cov_i; NaN for tokens that do not count.</summary>
    /// <param name="logProbs">log π. [tokens]</param>
    /// <param name="advantages">A. [tokens]</param>
    /// <param name="mask">Tokens that count. [tokens]</param>
    /// <param name="covariance">Receives Cov. [tokens]</param>
    public static void Compute(ReadOnlySpan<double> logProbs, ReadOnlySpan<double> advantages, ReadOnlySpan<bool> mask, Span<double> covariance)
    {
        Columns.RequireLength(covariance.Length, logProbs.Length, nameof(covariance));
        double meanLogProb = Columns.MaskedMean(logProbs, mask), meanAdvantage = Columns.MaskedMean(advantages, mask);
        for (int i = 0; i < covariance.Length; i++)
        {
            covariance[i] = mask[i] ? (logProbs[i] - meanLogProb) * (advantages[i] - meanAdvantage) : double.NaN;
        }
    }

    /// <summary>Summarizes Cov_i; all NaN when no token counts.</summary>
    /// <param name="covariance">Cov. [tokens]</param>
    /// <param name="mask">Tokens that count. [tokens]</param>
    /// <param name="topFraction">f in [0, 1].</param>
    public static TokenCovariance Summarize(ReadOnlySpan<double> covariance, ReadOnlySpan<bool> mask, double topFraction = 0.002)
    {
        EntropyMask.RequireFraction(topFraction);
        double[] values = Columns.Gather(covariance, mask);
        if (values.Length == 0)
        {
            return new TokenCovariance(double.NaN, double.NaN, double.NaN);
        }

        double mean = Moments.Mean(values);
        Array.Sort(values);
        int top = Math.Max(1, (int)Math.Floor(topFraction * values.Length));
        int positive = Array.FindAll(values, static value => value > 0).Length;
        return new TokenCovariance(mean, Moments.Mean(values.AsSpan(values.Length - top)), (double)positive / values.Length);
    }
}
