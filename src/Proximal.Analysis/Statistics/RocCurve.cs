namespace Proximal.Analysis.Statistics;

/// <summary>How well a score tells positives from negatives.</summary>
public static class RocCurve
{
    /// <summary>Area under the curve: P(score of a positive &gt; score of a negative) + ½ P(equal). NaN if either side is empty or has a NaN.</summary>
    /// <param name="positives">Scores of positives. [positives]</param>
    /// <param name="negatives">Scores of negatives. [negatives]</param>
    public static double Area(ReadOnlySpan<double> positives, ReadOnlySpan<double> negatives)
    {
        double[] sorted = negatives.ToArray();
        Array.Sort(sorted);
        if (sorted.Length > 0 && double.IsNaN(sorted[0]))
        {
            return double.NaN;
        }

        double wins = 0;
        foreach (double score in positives)
        {
            if (double.IsNaN(score))
            {
                return double.NaN;
            }

            wins += 0.5 * (CountBelow(sorted, score, orEqual: false) + CountBelow(sorted, score, orEqual: true));
        }

        return wins / ((double)positives.Length * negatives.Length);
    }

    private static int CountBelow(double[] sorted, double score, bool orEqual)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < score || (orEqual && sorted[middle] == score))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
