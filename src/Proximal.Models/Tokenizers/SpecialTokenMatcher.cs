namespace Proximal.Models.Tokenizers;

/// <summary>Finds special tokens by their text: at each place the longest one.</summary>
internal sealed class SpecialTokenMatcher
{
    private readonly Dictionary<char, (string Text, int Token)[]> byFirstCharacter;

    public SpecialTokenMatcher(IEnumerable<(string Text, int Token)> tokens) => byFirstCharacter = tokens
        .GroupBy(entry => entry.Text[0])
        .ToDictionary(group => group.Key, group => group.OrderByDescending(entry => entry.Text.Length).ToArray());

    /// <summary>The longest special token at the start of the text.</summary>
    public bool TryMatch(ReadOnlySpan<char> text, out int token, out int length)
    {
        if (byFirstCharacter.TryGetValue(text[0], out (string Text, int Token)[]? candidates))
        {
            foreach ((string candidate, int id) in candidates)
            {
                if (text.StartsWith(candidate, StringComparison.Ordinal))
                {
                    token = id;
                    length = candidate.Length;
                    return true;
                }
            }
        }

        token = 0;
        length = 0;
        return false;
    }
}
