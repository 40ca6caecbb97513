using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Diagnostics;

/// <summary>Statistics of the token entropies of one agent in one round. Quartiles interpolate linearly; all NaN without values.</summary>
/// <param name="Sum">Sum.</param>
/// <param name="Maximum">Largest.</param>
/// <param name="Minimum">Smallest.</param>
/// <param name="Mean">Mean.</param>
/// <param name="Median">Median, Q2.</param>
/// <param name="StandardDeviation">Population standard deviation.</param>
/// <param name="FirstQuartile">Q1.</param>
/// <param name="ThirdQuartile">Q3.</param>
public readonly record struct EntropyFeatures(
    double Sum, double Maximum, double Minimum, double Mean, double Median, double StandardDeviation, double FirstQuartile, double ThirdQuartile)
{
    /// <summary>CV = std / mean.</summary>
    public double CoefficientOfVariation => StandardDeviation / Mean;

    /// <summary>1 - std / mean.</summary>
    public double Stability => 1 - CoefficientOfVariation;

    /// <summary>(Q3 + Q1 - 2 Q2)/(Q3 - Q1); NaN if the quartiles coincide.</summary>
    public double BowleySkew => (ThirdQuartile + FirstQuartile - (2 * Median)) / (ThirdQuartile - FirstQuartile);

    /// <summary>(max - Q3)/(Q3 - Q1); not finite if the quartiles coincide.</summary>
    public double TailWeight => (Maximum - ThirdQuartile) / (ThirdQuartile - FirstQuartile);

    /// <summary>Computes the features.</summary>
    /// <param name="entropy">H of the tokens. [tokens]</param>
    public static EntropyFeatures Compute(ReadOnlySpan<double> entropy)
    {
        double[] sorted = entropy.ToArray();
        Array.Sort(sorted);
        if (sorted.Length == 0)
        {
            return new EntropyFeatures(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        double mean = Moments.Mean(entropy);
        return new EntropyFeatures(
            mean * sorted.Length,
            sorted[^1],
            sorted[0],
            mean,
            Quantiles.LinearOfSorted(sorted, 0.5),
            Moments.PopulationStandardDeviation(entropy),
            Quantiles.LinearOfSorted(sorted, 0.25),
            Quantiles.LinearOfSorted(sorted, 0.75));
    }

    /// <summary>(last - first)/(rounds - 1) of a feature over rounds; 0 for one round, NaN for none.</summary>
    /// <param name="rounds">The feature in each round. [rounds]</param>
    public static double Slope(ReadOnlySpan<double> rounds) =>
        rounds.IsEmpty ? double.NaN : rounds.Length == 1 ? 0 : (rounds[^1] - rounds[0]) / (rounds.Length - 1);

    /// <summary>Population standard deviation of a feature over rounds.</summary>
    /// <param name="rounds">The feature in each round. [rounds]</param>
    public static double Volatility(ReadOnlySpan<double> rounds) => Moments.PopulationStandardDeviation(rounds);
}
