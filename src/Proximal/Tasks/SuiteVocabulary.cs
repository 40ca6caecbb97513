namespace Proximal.Tasks;

/// <summary>The symbols of the procedural suites: one character is one symbol, and special tokens are one symbol each.</summary>
internal static class SuiteVocabulary
{
    /// <summary>Opens the chain of thought.</summary>
    public const string Think = "<think>";

    /// <summary>Closes the chain of thought.</summary>
    public const string EndThink = "</think>";

    /// <summary>Opens the answer.</summary>
    public const string Answer = "<ans>";

    /// <summary>Closes the answer.</summary>
    public const string EndAnswer = "</ans>";

    /// <summary>Opens a hint in a prompt.</summary>
    public const string Hint = "<hint>";

    /// <summary>Closes a hint in a prompt.</summary>
    public const string EndHint = "</hint>";

    /// <summary>The characters of the whole suite.</summary>
    public const string Characters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ \n+-*/=()<>.,:;?!|&~@#_{}[]\"%'";

    /// <summary>The special tokens in the order of their ids.</summary>
    public static IReadOnlyList<string> SpecialTokens { get; } =
    [
        "<pad>", "<bos>", "<eos>", Think, EndThink, Answer, EndAnswer, Hint, EndHint, "<mask>", "<bud>", "<call>", "</call>", "<obs>", "</obs>", "<fb>", "</fb>",
    ];

    /// <summary>Special tokens, then characters: a vocabulary that serves every family, template and hint.</summary>
    public static IReadOnlyList<string> All { get; } = [.. SpecialTokens, .. Characters.Select(c => c.ToString())];

    /// <summary>The length of a text in symbols: characters, each special token counting as one.</summary>
    public static int CountSymbols(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int count = 0;
        for (int at = 0; at < text.Length; count++)
        {
            at += SymbolLength(text.AsSpan(at));
        }

        return count;
    }

    /// <summary>The number of characters of the symbol at the start of a text that is not empty.</summary>
    internal static int SymbolLength(ReadOnlySpan<char> text)
    {
        if (text[0] == '<')
        {
            foreach (string token in SpecialTokens)
            {
                if (text.StartsWith(token, StringComparison.Ordinal))
                {
                    return token.Length;
                }
            }
        }

        return 1;
    }
}
