namespace Proximal.Analysis.Diagnostics;

/// <summary>Entropy of attention rows, E = -Σ_j a_j log a_j: near zero a head has collapsed, near log T it is useless.</summary>
public static class AttentionEntropy
{
    /// <summary>Mean entropy of the rows of each head.</summary>
    /// <param name="attention">Attention weights, each row summing to one. [heads, rows, columns]</param>
    /// <param name="rows">Rows of a head.</param>
    /// <param name="columns">Columns of a row.</param>
    /// <param name="means">Receives the means. [heads]</param>
    public static void HeadMeans(ReadOnlySpan<float> attention, int rows, int columns, Span<double> means)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Columns.RequireLength(attention.Length, checked(means.Length * rows * columns), nameof(attention));
        for (int head = 0; head < means.Length; head++)
        {
            double sum = 0;
            foreach (float weight in attention.Slice(head * rows * columns, rows * columns))
            {
                sum -= weight == 0 ? 0 : weight * Math.Log(weight);
            }

            means[head] = sum / rows;
        }
    }

    /// <summary>Shares of heads in [0, ¼), [¼, ½), [½, ¾) and [¾, 1] of log T. Heads without a number are in none.</summary>
    /// <param name="means">Mean entropy of each head. [heads]</param>
    /// <param name="contextLength">T, at least 2.</param>
    /// <param name="shares">Receives the shares. [4]</param>
    public static void BandShares(ReadOnlySpan<double> means, int contextLength, Span<double> shares)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(contextLength, 2);
        Columns.RequireLength(shares.Length, 4, nameof(shares));
        shares.Clear();
        foreach (double mean in means)
        {
            if (!double.IsNaN(mean))
            {
                shares[Math.Clamp((int)(4 * mean / Math.Log(contextLength)), 0, 3)] += 1.0 / means.Length;
            }
        }
    }
}
