namespace Proximal.Analysis.Statistics;

/// <summary>Quantiles of samples. NaN without values.</summary>
public static class Quantiles
{
    /// <summary>The smallest value with at least the share <paramref name="quantile"/> of all values at or below it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The quantile is outside [0, 1].</exception>
    public static double NearestRank(ReadOnlySpan<double> values, double quantile) => NearestRankOfSorted(Sorted(values), quantile);

    /// <summary>Linear interpolation between the order statistics at position quantile · (n - 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The quantile is outside [0, 1].</exception>
    public static double Linear(ReadOnlySpan<double> values, double quantile) => LinearOfSorted(Sorted(values), quantile);

    /// <summary>The middle value, or the mean of the two in the middle.</summary>
    public static double Median(ReadOnlySpan<double> values) => Linear(values, 0.5);

    internal static double NearestRankOfSorted(ReadOnlySpan<double> sorted, double quantile)
    {
        RequireShare(quantile);
        return sorted.IsEmpty ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(quantile * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    internal static double LinearOfSorted(ReadOnlySpan<double> sorted, double quantile)
    {
        RequireShare(quantile);
        if (sorted.IsEmpty)
        {
            return double.NaN;
        }

        double position = quantile * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }

    internal static double[] SortedWithoutNaN(ReadOnlySpan<double> values)
    {
        double[] valid = Array.FindAll(values.ToArray(), static value => !double.IsNaN(value));
        Array.Sort(valid);
        return valid;
    }

    private static double[] Sorted(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private static void RequireShare(double quantile)
    {
        if (!(quantile is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "A quantile lies in [0, 1].");
        }
    }
}
