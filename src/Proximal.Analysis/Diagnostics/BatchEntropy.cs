namespace Proximal.Analysis.Diagnostics;

/// <summary>The entropy of a batch. Token and sequence means differ when lengths differ, so both are logged. NaN when no token counts.</summary>
public static class BatchEntropy
{
    /// <summary>Σ M H / Σ M.</summary>
    /// <param name="entropy">H. [tokens]</param>
    /// <param name="mask">M. [tokens]</param>
    public static double TokenMean(ReadOnlySpan<double> entropy, ReadOnlySpan<bool> mask) => Columns.MaskedMean(entropy, mask);

    /// <summary>mean over sequences of (Σ_t M H / Σ_t M); sequences without a counted token are left out.</summary>
    /// <param name="entropy">H, sequences end to end. [tokens]</param>
    /// <param name="mask">M. [tokens]</param>
    /// <param name="sequenceOffsets">First token of each sequence and the end of the last. [sequences + 1]</param>
    public static double SequenceMean(ReadOnlySpan<double> entropy, ReadOnlySpan<bool> mask, ReadOnlySpan<int> sequenceOffsets)
    {
        Columns.RequireLength(mask.Length, entropy.Length, nameof(mask));
        Columns.RequireOffsets(sequenceOffsets, entropy.Length, nameof(sequenceOffsets));
        double sum = 0;
        int sequences = 0;
        for (int n = 0; n + 1 < sequenceOffsets.Length; n++)
        {
            Range tokens = sequenceOffsets[n]..sequenceOffsets[n + 1];
            if (Columns.Count(mask[tokens]) > 0)
            {
                sum += Columns.MaskedMean(entropy[tokens], mask[tokens]);
                sequences++;
            }
        }

        return sum / sequences;
    }
}
