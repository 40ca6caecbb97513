namespace Proximal.Selection;

/// <summary>
/// The subset of n numbers with the largest (population) variance. It consists of the k smallest and the n - k largest for some k, so that sorting and one
/// scan over prefix sums find it. Xu et al. 2025, arXiv:2504.13818, theorem 1.
/// </summary>
public static class VarianceSubset
{
    /// <summary>Marks the chosen numbers.</summary>
    /// <param name="values">The numbers. [M]</param>
    /// <param name="count">n, at most M.</param>
    /// <param name="chosen">Receives true for the chosen. [M]</param>
    /// <returns>The variance of the chosen; 0 when none is.</returns>
    public static double Select(ReadOnlySpan<double> values, int count, Span<bool> chosen)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, values.Length);
        chosen[..values.Length].Clear();
        if (count == 0)
        {
            return 0;
        }

        double[] sorted = values.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        double sum = 0, squares = 0;
        for (int i = sorted.Length - count; i < sorted.Length; i++)
        {
            sum += sorted[i];
            squares += sorted[i] * sorted[i];
        }

        (double Variance, int Smallest) best = (Variance(sum, squares, count), 0);
        for (int k = 1; k <= count; k++)
        {
            double enters = sorted[k - 1], leaves = sorted[sorted.Length - count + k - 1];
            sum += enters - leaves;
            squares += (enters * enters) - (leaves * leaves);
            double variance = Variance(sum, squares, count);
            best = variance > best.Variance ? (variance, k) : best;
        }

        for (int k = 0; k < count; k++)
        {
            chosen[order[k < best.Smallest ? k : sorted.Length - count + k]] = true;
        }

        return best.Variance;
    }

    private static double Variance(double sum, double squares, int count) => Math.Max(0, (squares / count) - (sum / count * (sum / count)));
}
