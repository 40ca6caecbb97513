using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Diagnostics;

/// <summary>The distribution of the advantages of the counted tokens. All NaN when no token counts.</summary>
/// <param name="PositiveShare">Share of tokens with A &gt; 0.</param>
/// <param name="NegativeShare">Share of tokens with A &lt; 0.</param>
/// <param name="Mean">Mean of A.</param>
/// <param name="Skew">Mean of ((A - mean)/population std)³; NaN if all are equal.</param>
public readonly record struct AdvantageHealth(double PositiveShare, double NegativeShare, double Mean, double Skew)
{
    /// <summary>Looks at the advantages of a batch.</summary>
    /// <param name="advantages">A. [tokens]</param>
    /// <param name="mask">Tokens that count. [tokens]</param>
    public static AdvantageHealth Compute(ReadOnlySpan<double> advantages, ReadOnlySpan<bool> mask)
    {
        double[] values = Columns.Gather(advantages, mask);
        int positive = 0, negative = 0;
        double mean = Moments.Mean(values), deviation = Moments.PopulationStandardDeviation(values), cubes = 0;
        foreach (double value in values)
        {
            positive += value > 0 ? 1 : 0;
            negative += value < 0 ? 1 : 0;
            cubes += Math.Pow((value - mean) / deviation, 3);
        }

        double count = values.Length;
        return new AdvantageHealth(positive / count, negative / count, mean, cubes / count);
    }
}
