namespace Proximal.Worlds.Retrieval;

/// <summary>
/// Text as words: runs of letters and digits, lower-cased by the invariant culture, everything else between them dropped; no stemming, no list of stop words. A word gets a number when it is first
/// added. Reading is safe for concurrent use once nothing is added any more.
/// </summary>
public sealed class WordVocabulary
{
    /// <summary>Characters of a word beyond which the rest of it is another word.</summary>
    private const int LongestWord = 64;

    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;

    /// <summary>No words.</summary>
    public WordVocabulary() => lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Number of words.</summary>
    public int Count => numbers.Count;

    /// <summary>Appends the words of a text, new ones included.</summary>
    public void Add(ReadOnlySpan<char> text, List<int> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        Span<char> word = stackalloc char[LongestWord];
        for (int at = 0; Next(text, ref at, word, out _) is > 0 and var length;)
        {
            if (!lookup.TryGetValue(word[..length], out int number))
            {
                numbers.Add(new string(word[..length]), number = numbers.Count);
            }

            words.Add(number);
        }
    }

    /// <summary>Reads the first words of a text without allocating.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">Receives their numbers, -1 for an unknown one. [n]</param>
    /// <param name="starts">Receives where each begins in the text, or empty. [n]</param>
    /// <returns>How many words there are, at most n.</returns>
    public int Read(ReadOnlySpan<char> text, Span<int> words, Span<int> starts = default)
    {
        Span<char> word = stackalloc char[LongestWord];
        int count = 0;
        for (int at = 0; count < words.Length && Next(text, ref at, word, out int start) is > 0 and var length; count++)
        {
            words[count] = lookup.TryGetValue(word[..length], out int number) ? number : -1;
            if (!starts.IsEmpty)
            {
                starts[count] = start;
            }
        }

        return count;
    }

    /// <summary>The next word in lower case; its length, 0 at the end of the text.</summary>
    private static int Next(ReadOnlySpan<char> text, ref int at, Span<char> word, out int start)
    {
        while (at < text.Length && !char.IsLetterOrDigit(text[at]))
        {
            at++;
        }

        start = at;
        int length = 0;
        while (at < text.Length && length < word.Length && char.IsLetterOrDigit(text[at]))
        {
            word[length++] = char.ToLowerInvariant(text[at++]);
        }

        return length;
    }
}
