namespace Proximal.Tasks.Verification;

/// <summary>The F1 score of two texts as bags of words, as in question answering.</summary>
public static class TokenOverlap
{
    /// <summary><c>2 P R / (P + R)</c> with precision P and recall R of the words of a text among those of the reference, each word as often as it occurs; 1 for two texts without words.</summary>
    /// <param name="text">The text to judge.</param>
    /// <param name="reference">The right text.</param>
    public static double F1(string text, string reference)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(reference);
        string[] given = Words(text), expected = Words(reference);
        Dictionary<string, int> left = expected.CountBy(word => word, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        int common = 0;
        foreach (string word in given)
        {
            if (left.TryGetValue(word, out int count) && count > 0)
            {
                left[word] = count - 1;
                common++;
            }
        }

        return given.Length + expected.Length == 0 ? 1 : 2.0 * common / (given.Length + expected.Length);
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
