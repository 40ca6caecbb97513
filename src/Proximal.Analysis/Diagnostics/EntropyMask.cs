using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Diagnostics;

/// <summary>
/// Marks tokens of high entropy relative to the counted tokens of their scope. The scope is given by offsets: [0, tokens] for the batch, the
/// offsets of the sequences, or those of the groups. Tokens that do not count are never marked; a scope without counted tokens has no marks.
/// </summary>
public static class EntropyMask
{
    /// <summary>m = 1[H ≥ Q_ρ], Q_ρ the ρ-quantile by nearest rank.</summary>
    /// <param name="entropy">H. [tokens]</param>
    /// <param name="mask">Tokens that count. [tokens]</param>
    /// <param name="scopeOffsets">First token of each scope and the end of the last. [scopes + 1]</param>
    /// <param name="quantile">ρ in [0, 1].</param>
    /// <param name="marked">Receives m. [tokens]</param>
    public static void Quantile(ReadOnlySpan<double> entropy, ReadOnlySpan<bool> mask, ReadOnlySpan<int> scopeOffsets, double quantile, Span<bool> marked)
    {
        Begin(entropy, mask, scopeOffsets, marked);
        for (int n = 0; n + 1 < scopeOffsets.Length; n++)
        {
            Range scope = scopeOffsets[n]..scopeOffsets[n + 1];
            double[] values = Columns.Gather(entropy[scope], mask[scope]);
            Array.Sort(values);
            MarkFrom(entropy[scope], mask[scope], values.Length == 0 ? double.NaN : Quantiles.NearestRankOfSorted(values, quantile), marked[scope]);
        }
    }

    /// <summary>Marks the k = max(1, ⌊f n⌋) counted tokens of highest entropy of each scope; the earlier token wins a tie.</summary>
    /// <param name="entropy">H. [tokens]</param>
    /// <param name="mask">Tokens that count. [tokens]</param>
    /// <param name="scopeOffsets">First token of each scope and the end of the last. [scopes + 1]</param>
    /// <param name="fraction">f in [0, 1].</param>
    /// <param name="marked">Receives m. [tokens]</param>
    public static void TopFraction(ReadOnlySpan<double> entropy, ReadOnlySpan<bool> mask, ReadOnlySpan<int> scopeOffsets, double fraction, Span<bool> marked)
    {
        RequireFraction(fraction);
        Begin(entropy, mask, scopeOffsets, marked);
        for (int n = 0; n + 1 < scopeOffsets.Length; n++)
        {
            List<(double Value, int Token)> tokens = [];
            for (int t = scopeOffsets[n]; t < scopeOffsets[n + 1]; t++)
            {
                if (mask[t])
                {
                    tokens.Add((entropy[t], t));
                }
            }

            tokens.Sort(static (a, b) => a.Value == b.Value ? a.Token.CompareTo(b.Token) : b.Value.CompareTo(a.Value));
            int k = Math.Min(tokens.Count, Math.Max(1, (int)Math.Floor(fraction * tokens.Count)));
            for (int i = 0; i < k; i++)
            {
                marked[tokens[i].Token] = true;
            }
        }
    }

    /// <summary>m = 1[(H - mean)/std ≥ z] with the population standard deviation; a scope of equal entropies has no marks for z &gt; 0.</summary>
    /// <param name="entropy">H. [tokens]</param>
    /// <param name="mask">Tokens that count. [tokens]</param>
    /// <param name="scopeOffsets">First token of each scope and the end of the last. [scopes + 1]</param>
    /// <param name="zScore">z.</param>
    /// <param name="marked">Receives m. [tokens]</param>
    public static void ZScore(ReadOnlySpan<double> entropy, ReadOnlySpan<bool> mask, ReadOnlySpan<int> scopeOffsets, double zScore, Span<bool> marked)
    {
        Begin(entropy, mask, scopeOffsets, marked);
        for (int n = 0; n + 1 < scopeOffsets.Length; n++)
        {
            Range scope = scopeOffsets[n]..scopeOffsets[n + 1];
            double[] values = Columns.Gather(entropy[scope], mask[scope]);
            double deviation = Moments.PopulationStandardDeviation(values);
            double threshold = deviation == 0 && zScore > 0 ? double.PositiveInfinity : Moments.Mean(values) + (zScore * deviation);
            MarkFrom(entropy[scope], mask[scope], threshold, marked[scope]);
        }
    }

    /// <summary>(H - min)/(max - min + 1e-8) within each scope; NaN for tokens that do not count.</summary>
    /// <param name="entropy">H. [tokens]</param>
    /// <param name="mask">Tokens that count. [tokens]</param>
    /// <param name="scopeOffsets">First token of each scope and the end of the last. [scopes + 1]</param>
    /// <param name="normalized">Receives the result. [tokens]</param>
    public static void MinMaxNormalize(ReadOnlySpan<double> entropy, ReadOnlySpan<bool> mask, ReadOnlySpan<int> scopeOffsets, Span<double> normalized)
    {
        Columns.RequireLength(mask.Length, entropy.Length, nameof(mask));
        Columns.RequireLength(normalized.Length, entropy.Length, nameof(normalized));
        Columns.RequireOffsets(scopeOffsets, entropy.Length, nameof(scopeOffsets));
        for (int n = 0; n + 1 < scopeOffsets.Length; n++)
        {
            double low = double.PositiveInfinity, high = double.NegativeInfinity;
            for (int t = scopeOffsets[n]; t < scopeOffsets[n + 1]; t++)
            {
                low = mask[t] ? Math.Min(low, entropy[t]) : low;
                high = mask[t] ? Math.Max(high, entropy[t]) : high;
            }

            for (int t = scopeOffsets[n]; t < scopeOffsets[n + 1]; t++)
            {
                normalized[t] = mask[t] ? (entropy[t] - low) / (high - low + 1e-8) : double.NaN;
            }
        }
    }

    internal static void RequireFraction(double fraction)
    {
        if (!(fraction is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A fraction lies in [0, 1].");
        }
    }

    private static void Begin(ReadOnlySpan<double> entropy, ReadOnlySpan<bool> mask, ReadOnlySpan<int> scopeOffsets, Span<bool> marked)
    {
        Columns.RequireLength(mask.Length, entropy.Length, nameof(mask));
        Columns.RequireLength(marked.Length, entropy.Length, nameof(marked));
        Columns.RequireOffsets(scopeOffsets, entropy.Length, nameof(scopeOffsets));
        marked.Clear();
    }

    private static void MarkFrom(ReadOnlySpan<double> entropy, ReadOnlySpan<bool> mask, double threshold, Span<bool> marked)
    {
        for (int t = 0; t < entropy.Length; t++)
        {
            marked[t] = mask[t] && entropy[t] >= threshold;
        }
    }
}
