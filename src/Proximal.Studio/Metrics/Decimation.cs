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
        ArgumentOutOfRangeException.ThrowIfLessThan(most, PointsPerBucket);
        if (x.Length <= most)
        {
            return new Curve(x.ToArray(), y.ToArray());
        }

        int buckets = most / PointsPerBucket;
        double start = x[0], scale = buckets / Math.Max(x[^1] - start, double.Epsilon);
        List<double> keptX = new(most), keptY = new(most);
        int begin = 0, current = 0;
        for (int i = 0; i <= x.Length; i++)
        {
            // A bucket never lies before the one of the point before: the number of points is bounded whatever the order is.
            int bucket = i == x.Length ? buckets : Math.Max(current, Math.Min(buckets - 1, BucketOf(x[i])));
            if (bucket != current)
            {
                Keep(x, y, begin, i, keptX, keptY);
                begin = i;
                current = bucket;
            }
        }

        return new Curve([.. keptX], [.. keptY]);

        int BucketOf(double at) => (int)Math.Min(buckets - 1, Math.Max(0, (at - start) * scale));
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

    private static void Keep(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int begin, int end, List<double> keptX, List<double> keptY)
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

        Span<int> chosen = [begin, Math.Min(low, high), Math.Max(low, high), end - 1];
        int last = -1;
        foreach (int i in chosen)
        {
            if (i != last)
            {
                keptX.Add(x[i]);
                keptY.Add(y[i]);
                last = i;
            }
        }
    }
}
