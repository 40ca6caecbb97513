namespace Proximal.Analysis.Statistics;

/// <summary>Moments of samples. NaN among the values gives NaN, and so do too few values.</summary>
public static class Moments
{
    /// <summary>Arithmetic mean.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    /// <summary>Standard deviation with divisor n.</summary>
    public static double PopulationStandardDeviation(ReadOnlySpan<double> values) => Math.Sqrt(SquaredDeviations(values) / values.Length);

    /// <summary>Standard deviation with divisor n - 1; NaN for fewer than two values.</summary>
    public static double SampleStandardDeviation(ReadOnlySpan<double> values) =>
        values.Length < 2 ? double.NaN : Math.Sqrt(SquaredDeviations(values) / (values.Length - 1));

    /// <summary>Standard error of the mean, sample standard deviation / √n: the spread over seeds. NaN for fewer than two values.</summary>
    public static double StandardError(ReadOnlySpan<double> values) => SampleStandardDeviation(values) / Math.Sqrt(values.Length);

    /// <summary>Covariance with divisor n.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double PopulationCovariance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"{first.Length} values cannot be paired with {second.Length}.", nameof(second));
        }

        double firstMean = Mean(first), secondMean = Mean(second), sum = 0;
        for (int i = 0; i < first.Length; i++)
        {
            sum += (first[i] - firstMean) * (second[i] - secondMean);
        }

        return sum / first.Length;
    }

    private static double SquaredDeviations(ReadOnlySpan<double> values)
    {
        double mean = Mean(values), sum = 0;
        foreach (double value in values)
        {
            sum += (value - mean) * (value - mean);
        }

        return sum;
    }
}
