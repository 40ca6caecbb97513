namespace Proximal.Rewards;

/// <summary>Finds whether a sequence of tokens ends in a loop. MiroMind-M1 (CAMPO), the repetition detector.</summary>
public static class LoopDetector
{
    /// <summary>
    /// Where the loop at the end begins: for every block length ℓ from 1 to n/2 the last ℓ tokens are a block; when the ℓ tokens before it are the same,
    /// and so on backwards, the earliest of these blocks is a candidate. That of the longest ℓ with at least two blocks counts.
    /// </summary>
    /// <param name="tokens">The response. [n]</param>
    /// <param name="similarity">Share of equal tokens, position by position, from which a block counts as a repetition; 1 for exact ones.</param>
    /// <returns>The first token of the loop, or n where the end is not one. Takes O(n²) steps.</returns>
    public static int FindStart(ReadOnlySpan<int> tokens, double similarity = 1)
    {
        int n = tokens.Length, start = n;
        for (int length = 1; length <= n / 2; length++)
        {
            ReadOnlySpan<int> block = tokens[(n - length)..];
            int first = n - length;
            while (first >= length && IsRepetition(tokens.Slice(first - length, length), block, similarity))
            {
                first -= length;
            }

            start = first < n - length ? first : start;
        }

        return start;
    }

    /// <summary>The share of the response that the loop at its end takes, f ∈ [0, 1].</summary>
    /// <param name="tokens">The response. [n]</param>
    /// <param name="similarity">See <see cref="FindStart"/>.</param>
    public static double Share(ReadOnlySpan<int> tokens, double similarity = 1) =>
        tokens.IsEmpty ? 0 : (tokens.Length - FindStart(tokens, similarity)) / (double)tokens.Length;

    private static bool IsRepetition(ReadOnlySpan<int> earlier, ReadOnlySpan<int> block, double similarity)
    {
        // A tenth of ten tokens is one token, whatever rounding says.
        int allowed = (int)Math.Floor(((1 - similarity) * block.Length) + 1e-9), different = 0;
        for (int i = 0; i < block.Length; i++)
        {
            different += earlier[i] == block[i] ? 0 : 1;
            if (different > allowed)
            {
                return false;
            }
        }

        return true;
    }
}
