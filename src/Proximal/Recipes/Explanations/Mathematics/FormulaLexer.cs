using System.Globalization;

namespace Proximal.Recipes.Explanations.Mathematics;

/// <summary>Takes a formula in plain notation apart into tokens.</summary>
internal static class FormulaLexer
{
    private const string RaisedCharacters = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵀ";
    private const string RaisedPlain = "0123456789+−T";
    private const string LoweredCharacters = "₀₁₂₃₄₅₆₇₈₉";
    private const string LoweredPlain = "0123456789";

    private static readonly (string Written, string Sign)[] Pairs =
        [("<-", "←"), ("->", "→"), ("<=", "≤"), (">=", "≥"), (":=", "≔"), ("+=", "+="), ("+-", "±"), ("||", "‖"), ("..", "…")];

    /// <summary>The tokens of a line; null where it has a character that means nothing in a formula.</summary>
    public static List<FormulaToken>? Read(string line)
    {
        List<FormulaToken> tokens = [];
        int gap = 0;
        for (int at = 0; at < line.Length;)
        {
            if (line[at] == ' ')
            {
                gap++;
                at++;
                continue;
            }

            if (Next(line, at) is not { } next)
            {
                return null;
            }

            tokens.Add(new FormulaToken(next.Kind, next.Text, gap));
            gap = 0;
            at += next.Length;
        }

        return tokens;
    }

    private static (FormulaTokenKind Kind, string Text, int Length)? Next(string line, int at)
    {
        char c = line[at];
        if (char.IsAsciiDigit(c))
        {
            int end = Run(line, at, char.IsAsciiDigit);
            end = end + 1 < line.Length && line[end] == '.' && char.IsAsciiDigit(line[end + 1]) ? Run(line, end + 1, char.IsAsciiDigit) : end;
            return (FormulaTokenKind.Number, line[at..end], end - at);
        }

        if (RaisedCharacters.Contains(c, StringComparison.Ordinal) || LoweredCharacters.Contains(c, StringComparison.Ordinal))
        {
            bool raised = RaisedCharacters.Contains(c, StringComparison.Ordinal);
            (string characters, string plain) = raised ? (RaisedCharacters, RaisedPlain) : (LoweredCharacters, LoweredPlain);
            int end = Run(line, at, other => characters.Contains(other, StringComparison.Ordinal));
            return (raised ? FormulaTokenKind.Raised : FormulaTokenKind.Lowered, string.Concat(line[at..end].Select(one => plain[characters.IndexOf(one, StringComparison.Ordinal)])), end - at);
        }

        if (char.IsLetter(c))
        {
            // Latin letters make words; every other letter stands for itself. A mark above belongs to the letter before it.
            int end = IsLatin(c) ? Run(line, at, other => IsLatin(other) || IsMark(other)) : Run(line, at + 1, IsMark);
            return (FormulaTokenKind.Name, line[at..end], end - at);
        }

        if (c == '"')
        {
            int end = line.IndexOf('"', at + 1);
            return end < 0 ? null : (FormulaTokenKind.Quoted, line[(at + 1)..end], end + 1 - at);
        }

        foreach ((string written, string sign) in Pairs)
        {
            if (string.CompareOrdinal(line, at, written, 0, written.Length) == 0)
            {
                return (FormulaTokenKind.Sign, sign, written.Length);
            }
        }

        return c switch
        {
            '½' => (FormulaTokenKind.Number, "½", 1),
            '-' => (FormulaTokenKind.Sign, "−", 1),
            _ when char.IsSurrogate(c) || char.IsControl(c) => null,
            _ when char.IsPunctuation(c) || char.IsSymbol(c) => (FormulaTokenKind.Sign, c.ToString(), 1),
            _ => null,
        };
    }

    private static int Run(string line, int at, Func<char, bool> belongs)
    {
        while (at < line.Length && belongs(line[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsLatin(char c) => char.IsLetter(c) && c <= 'ɏ';

    private static bool IsMark(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;
}
