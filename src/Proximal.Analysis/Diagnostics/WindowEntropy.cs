using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Diagnostics;

/// <summary>Entropy averaged over a window of tokens, W, and the moments where it is high (ARES).</summary>
public static class WindowEntropy
{
    /// <summary>
    /// Following windows give W_t = mean over j = 1..w of H_{t+j}. W is NaN where the token or one of its window does not count, or the window
    /// leaves the sequence.
    /// </summary>
    /// <param name="entropy">H, sequences end to end. [tokens]</param>
    /// <param name="mask">Tokens that count. [tokens]</param>
    /// <param name="sequenceOffsets">First token of each sequence and the end of the last. [sequences + 1]; empty for one sequence.</param>
    /// <param name="width">w, at least 1.</param>
    /// <param name="placement">Which tokens the window holds.</param>
    /// <param name="window">Receives W. [tokens]</param>
    public static void Compute(
        ReadOnlySpan<double> entropy,
        ReadOnlySpan<bool> mask,
        ReadOnlySpan<int> sequenceOffsets,
        int width,
        WindowPlacement placement,
        Span<double> window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Columns.RequireLength(mask.Length, entropy.Length, nameof(mask));
        Columns.RequireLength(window.Length, entropy.Length, nameof(window));
        ReadOnlySpan<int> whole = [0, entropy.Length];
        ReadOnlySpan<int> offsets = sequenceOffsets.IsEmpty ? whole : sequenceOffsets;
        Columns.RequireOffsets(offsets, entropy.Length, nameof(sequenceOffsets));
        int before = placement switch
        {
            WindowPlacement.Following => -1,
            WindowPlacement.Centered => width / 2,
            WindowPlacement.Trailing => width - 1,
            _ => throw new ArgumentOutOfRangeException(nameof(placement), placement, "Unknown placement."),
        };

        window.Fill(double.NaN);
        for (int n = 0; n + 1 < offsets.Length; n++)
        {
            for (int t = offsets[n]; t < offsets[n + 1]; t++)
            {
                int start = t - before;
                if (mask[t] && start >= offsets[n] && width <= offsets[n + 1] - start && Columns.Count(mask.Slice(start, width)) == width)
                {
                    window[t] = Moments.Mean(entropy.Slice(start, width));
                }
            }
        }
    }

    /// <summary>
    /// Threshold of high windows in one batch: the median over sequences of the percentile of W within each. NaN if no sequence has a window.
    /// </summary>
    /// <param name="window">W; NaN entries do not count. [tokens]</param>
    /// <param name="sequenceOffsets">First token of each sequence and the end of the last. [sequences + 1]</param>
    /// <param name="percentile">In [0, 100]; nearest rank.</param>
    public static double Threshold(ReadOnlySpan<double> window, ReadOnlySpan<int> sequenceOffsets, double percentile = 95)
    {
        Columns.RequireOffsets(sequenceOffsets, window.Length, nameof(sequenceOffsets));
        List<double> thresholds = [];
        for (int n = 0; n + 1 < sequenceOffsets.Length; n++)
        {
            double[] valid = Quantiles.SortedWithoutNaN(window[sequenceOffsets[n]..sequenceOffsets[n + 1]]);
            if (valid.Length > 0)
            {
                thresholds.Add(Quantiles.NearestRankOfSorted(valid, percentile / 100));
            }
        }

        return Quantiles.Median(thresholds.ToArray());
    }

    /// <summary>τ ← decay τ + (1 - decay) measured; a NaN on either side leaves the other.</summary>
    /// <param name="threshold">τ so far, NaN before the first batch.</param>
    /// <param name="measured">What <see cref="Threshold"/> gave for this batch.</param>
    /// <param name="decay">In [0, 1].</param>
    public static double Smooth(double threshold, double measured, double decay = 0.99) =>
        double.IsNaN(threshold) ? measured : double.IsNaN(measured) ? threshold : (decay * threshold) + ((1 - decay) * measured);

    /// <summary>Number of tokens of one sequence with W ≥ τ and, when trigger tokens are named, that are one of them.</summary>
    /// <param name="window">W of the sequence. [tokens]</param>
    /// <param name="threshold">τ.</param>
    /// <param name="tokens">The sequence. [tokens]; not read without trigger tokens.</param>
    /// <param name="triggerTokens">Tokens that may open a high window; empty for all.</param>
    public static int CountHigh(ReadOnlySpan<double> window, double threshold, ReadOnlySpan<int> tokens = default, ReadOnlySpan<int> triggerTokens = default)
    {
        if (!triggerTokens.IsEmpty)
        {
            Columns.RequireLength(tokens.Length, window.Length, nameof(tokens));
        }

        int count = 0;
        for (int t = 0; t < window.Length; t++)
        {
            if (window[t] >= threshold && (triggerTokens.IsEmpty || triggerTokens.Contains(tokens[t])))
            {
                count++;
            }
        }

        return count;
    }
}
