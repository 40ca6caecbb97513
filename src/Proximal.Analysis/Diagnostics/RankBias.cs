namespace Proximal.Analysis.Diagnostics;

/// <summary>
/// Which right responses an update favours: the share of them whose log-probability rose, by the rank that they had in their group. A method with rank bias lifts likely
/// ones more often than rare ones; without it the rates are flat (He et al. 2025, "Rewarding the Unlikely").
/// </summary>
public static class RankBias
{
    /// <summary>Uplift rates from the least likely rank to the most likely one; NaN for a bucket without right responses.</summary>
    /// <param name="before">log π(y) of each rollout before the update. [rollouts]</param>
    /// <param name="after">log π(y) of each rollout after the update. [rollouts]</param>
    /// <param name="correct">Whether each rollout is correct. [rollouts]</param>
    /// <param name="groupOffsets">First rollout of each group and the end of the last. [groups + 1]</param>
    /// <param name="rates">Receives the rates. Equally likely rollouts share the mean of their ranks. [buckets]</param>
    /// <exception cref="ArgumentException">Columns of different length.</exception>
    public static void UpliftRates(ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<bool> correct, ReadOnlySpan<int> groupOffsets, Span<double> rates)
    {
        Columns.RequireLength(after.Length, before.Length, nameof(after));
        Columns.RequireLength(correct.Length, before.Length, nameof(correct));
        Columns.RequireOffsets(groupOffsets, before.Length, nameof(groupOffsets));
        Span<int> counts = new int[rates.Length];
        rates.Clear();
        for (int g = 0; g + 1 < groupOffsets.Length; g++)
        {
            ReadOnlySpan<double> group = before[groupOffsets[g]..groupOffsets[g + 1]];
            for (int i = 0; i < group.Length; i++)
            {
                int rollout = groupOffsets[g] + i;
                if (correct[rollout])
                {
                    int bucket = (int)(Quantile(group, group[i]) * rates.Length);
                    counts[bucket]++;
                    rates[bucket] += after[rollout] > before[rollout] ? 1 : 0;
                }
            }
        }

        for (int bucket = 0; bucket < rates.Length; bucket++)
        {
            rates[bucket] /= counts[bucket];
        }
    }

    /// <summary>Where a value stands among those of its group, in (0, 1).</summary>
    private static double Quantile(ReadOnlySpan<double> group, double value)
    {
        int below = 0, equal = 0;
        foreach (double other in group)
        {
            below += other < value ? 1 : 0;
            equal += other == value ? 1 : 0;
        }

        return (below + (equal / 2.0)) / group.Length;
    }
}
