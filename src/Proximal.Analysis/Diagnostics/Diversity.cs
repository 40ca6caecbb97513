namespace Proximal.Analysis.Diagnostics;

/// <summary>How different the samples of a prompt are.</summary>
public static class Diversity
{
    /// <summary>Unique n-grams / all n-grams over the pooled texts; n-grams do not cross from text to text. NaN when there are none.</summary>
    /// <param name="tokens">Texts end to end. [tokens]</param>
    /// <param name="textOffsets">First token of each text and the end of the last. [texts + 1]</param>
    /// <param name="n">Length of the n-grams, at least 1.</param>
    public static double DistinctN(ReadOnlySpan<int> tokens, ReadOnlySpan<int> textOffsets, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        Columns.RequireOffsets(textOffsets, tokens.Length, nameof(textOffsets));
        int[] copy = tokens.ToArray();
        List<int> starts = [];
        for (int text = 0; text + 1 < textOffsets.Length; text++)
        {
            for (int start = textOffsets[text]; start <= textOffsets[text + 1] - n; start++)
            {
                starts.Add(start);
            }
        }

        starts.Sort((a, b) => copy.AsSpan(a, n).SequenceCompareTo(copy.AsSpan(b, n)));
        int distinct = Math.Min(1, starts.Count);
        for (int i = 1; i < starts.Count; i++)
        {
            distinct += copy.AsSpan(starts[i], n).SequenceEqual(copy.AsSpan(starts[i - 1], n)) ? 0 : 1;
        }

        return (double)distinct / starts.Count;
    }

    /// <summary>Unique n-grams / all n-grams of one text.</summary>
    /// <param name="tokens">The text. [tokens]</param>
    /// <param name="n">Length of the n-grams, at least 1.</param>
    public static double DistinctN(ReadOnlySpan<int> tokens, int n) => DistinctN(tokens, [0, tokens.Length], n);

    /// <summary>Fewest insertions, deletions and substitutions of tokens between two texts.</summary>
    public static int Levenshtein(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        int[] row = new int[second.Length + 1];
        for (int j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 0; i < first.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < second.Length; j++)
            {
                int substituted = diagonal + (first[i] == second[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(substituted, 1 + Math.Min(row[j], diagonal));
            }
        }

        return row[second.Length];
    }

    /// <summary>Mean over pairs of texts of Levenshtein distance / length of the longer; 0 for two empty texts, NaN with fewer than two texts.</summary>
    /// <param name="tokens">Texts end to end. [tokens]</param>
    /// <param name="textOffsets">First token of each text and the end of the last. [texts + 1]</param>
    public static double MeanPairwiseDistance(ReadOnlySpan<int> tokens, ReadOnlySpan<int> textOffsets)
    {
        Columns.RequireOffsets(textOffsets, tokens.Length, nameof(textOffsets));
        double sum = 0;
        int pairs = 0;
        for (int a = 0; a + 1 < textOffsets.Length; a++)
        {
            for (int b = a + 1; b + 1 < textOffsets.Length; b++, pairs++)
            {
                ReadOnlySpan<int> first = tokens[textOffsets[a]..textOffsets[a + 1]], second = tokens[textOffsets[b]..textOffsets[b + 1]];
                sum += (double)Levenshtein(first, second) / Math.Max(1, Math.Max(first.Length, second.Length));
            }
        }

        return sum / pairs;
    }

    /// <summary>Number of different answers among the correct ones; samples without an answer do not count.</summary>
    /// <param name="answers">Canonical answers. [samples]</param>
    /// <param name="correct">Whether each is correct. [samples]</param>
    public static int DistinctCorrect(ReadOnlySpan<string?> answers, ReadOnlySpan<bool> correct)
    {
        Columns.RequireLength(correct.Length, answers.Length, nameof(correct));
        HashSet<string> found = new(StringComparer.Ordinal);
        for (int i = 0; i < answers.Length; i++)
        {
            if (correct[i] && answers[i] is { } answer)
            {
                found.Add(answer);
            }
        }

        return found.Count;
    }
}
