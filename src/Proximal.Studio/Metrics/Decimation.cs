namespace Proximal.Studio.Metrics;

/// <summary>
/// Keeps of a curve what draws the same picture. The axis is cut into buckets of equal width, and of each bucket the first, lowest, highest and
/// last point stay (the M4 aggregation of Jugel et al., VLDB 2014), so that no extreme value is ever lost.
/// </summary>
internal static class Decimation
{
    private const int PointsPerBucket = 4;

    /// <summary>Thins a curve out.</summary>
    /// <param name="x">Where the points lie, ascending. [points]</param>
    /// <param name="y">Their values; NaN marks a hole and counts as an ordinary first or last point. [points]</param>
    /// <param name="most">The most points that may stay; at least 4.</param>
    public static Curve Thin(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int most)
    {
        if (x.Length <= most)
        {
            return new Curve(x.ToArray(), y.ToArray());
        }

        int[] kept = Choose(x, y, most);
        return new Curve(Take(x, kept), Take(y, kept));
    }

    /// <summary>The points of a curve that stay, ascending.</summary>
    /// <param name="x">Where the points lie, ascending. [points]</param>
    /// <param name="y">Their values. [points]</param>
    /// <param name="most">The most points that may stay; at least 4.</param>
    public static int[] Choose(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, PointsPerBucket);
        if (x.Length <= most)
        {
            return [.. Enumerable.Range(0, x.Length)];
        }

        int buckets = most / PointsPerBucket;
        double start = x[0], scale = buckets / Math.Max(x[^1] - start, double.Epsilon);
        List<int> kept = new(most);
        int begin = 0, current = 0;
        for (int i = 0; i <= x.Length; i++)
        {
            // A bucket never lies before the one of the point before: the number of points is bounded whatever the order is.
            int bucket = i == x.Length ? buckets : Math.Max(current, (int)Math.Min(buckets - 1, Math.Max(0, (x[i] - start) * scale)));
            if (bucket != current)
            {
                Keep(y, begin, i, kept);
                begin = i;
                current = bucket;
            }
        }

        return [.. kept];
    }

    /// <summary>The values at some places.</summary>
    public static double[] Take(ReadOnlySpan<double> values, ReadOnlySpan<int> places)
    {
        double[] taken = new double[places.Length];
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i] = values[places[i]];
        }

        return taken;
    }

    /// <summary>Means of a curve over buckets of equal width; NaN for a bucket without a finite value.</summary>
    public static double[] Means(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double from, double to, int buckets)
    {
        double[] sums = new double[buckets];
        int[] counts = new int[buckets];
        double scale = buckets / Math.Max(to - from, double.Epsilon);
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsFinite(y[i]) && x[i] >= from && x[i] <= to)
            {
                int bucket = (int)Math.Min(buckets - 1, (x[i] - from) * scale);
                sums[bucket] += y[i];
                counts[bucket]++;
            }
        }

        for (int i = 0; i < buckets; i++)
        {
            sums[i] = counts[i] == 0 ? double.NaN : sums[i] / counts[i];
        }

        return sums;
    }

    private static void Keep(ReadOnlySpan<double> y, int begin, int end, List<int> kept)
    {
        if (begin == end)
        {
            return;
        }

        int low = begin, high = begin;
        for (int i = begin + 1; i < end; i++)
        {
            low = y[i] < y[low] || double.IsNaN(y[low]) ? i : low;
            high = y[i] > y[high] || double.IsNaN(y[high]) ? i : high;
        }

        foreach (int place in (ReadOnlySpan<int>)[begin, Math.Min(low, high), Math.Max(low, high), end - 1])
        {
            if (kept.Count == 0 || kept[^1] < place)
            {
                kept.Add(place);
            }
        }
    }
}
