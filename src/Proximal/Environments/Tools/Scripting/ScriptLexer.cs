using System.Globalization;

namespace Proximal.Environments.Tools.Scripting;

/// <summary>Takes a program apart into words.</summary>
internal static class ScriptLexer
{
    private static readonly string[] Symbols = ["..", "==", "!=", "<=", ">=", "<", ">", "=", "+", "-", "*", "/", "%", "(", ")", "[", "]", "{", "}", ","];

    public static ScriptToken[] Read(string source)
    {
        if (source.Length > MiniScript.MaximumCharacters)
        {
            throw new ScriptException(ScriptException.Syntax, 1);
        }

        List<ScriptToken> tokens = [];
        int line = 1;
        for (int at = 0; at < source.Length;)
        {
            char c = source[at];
            int start = at;
            if (c is '\n' or ';')
            {
                tokens.Add(new ScriptToken(ScriptTokenKind.Separator, "", 0, line));
                line += c == '\n' ? 1 : 0;
                at++;
            }
            else if (c is ' ' or '\t' or '\r')
            {
                at++;
            }
            else if (char.IsAsciiDigit(c))
            {
                at = SkipWhile(source, at, char.IsAsciiDigit);
                tokens.Add(new ScriptToken(ScriptTokenKind.Number, "", Number(source.AsSpan(start, at - start), line), line));
            }
            else if (char.IsAsciiLetter(c) || c == '_')
            {
                at = SkipWhile(source, at, static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
                tokens.Add(new ScriptToken(ScriptTokenKind.Name, source[start..at], 0, line));
            }
            else if (c == '"')
            {
                at = SkipWhile(source, at + 1, static letter => letter is not ('"' or '\n'));
                if (at == source.Length || source[at] == '\n')
                {
                    throw new ScriptException(ScriptException.Syntax, line);
                }

                tokens.Add(new ScriptToken(ScriptTokenKind.Text, source[(start + 1)..at], 0, line));
                at++;
            }
            else
            {
                string symbol = Array.Find(Symbols, s => string.CompareOrdinal(source, start, s, 0, s.Length) == 0) ?? throw new ScriptException(ScriptException.Syntax, line);
                tokens.Add(new ScriptToken(ScriptTokenKind.Symbol, symbol, 0, line));
                at += symbol.Length;
            }
        }

        tokens.Add(new ScriptToken(ScriptTokenKind.End, "", 0, line));
        return [.. tokens];
    }

    private static int SkipWhile(string source, int at, Func<char, bool> holds)
    {
        while (at < source.Length && holds(source[at]))
        {
            at++;
        }

        return at;
    }

    private static long Number(ReadOnlySpan<char> digits, int line) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw new ScriptException(ScriptException.Overflow, line);
}
