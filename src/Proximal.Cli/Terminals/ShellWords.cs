using System.Text;

namespace Proximal.Cli.Terminals;

/// <summary>Words as they are typed in a shell.</summary>
internal static class ShellWords
{
    /// <summary>A command line of words.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    /// <summary>The word, in single quotes where a shell would take it apart.</summary>
    public static string Quote(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:,=+@%".Contains(c, StringComparison.Ordinal))
        ? word
        : $"'{SafeText.OneLine(word).Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>The words of a command line, as a shell takes it apart: spaces separate, quotes keep together, a backslash keeps what follows. Null where a quote stays open.</summary>
    public static string[]? Split(string line)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool isWord = false;
        char quote = '\0';
        for (int at = 0; at < line.Length; at++)
        {
            char c = line[at];
            if (c == '\\' && quote != '\'' && at + 1 < line.Length)
            {
                word.Append(line[++at]);
                isWord = true;
            }
            else if (quote != '\0' ? c == quote : c is '"' or '\'')
            {
                quote = quote == '\0' ? c : '\0';
                isWord = true;
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (isWord)
                {
                    words.Add(word.ToString());
                }

                word.Clear();
                isWord = false;
            }
            else
            {
                word.Append(c);
                isWord = true;
            }
        }

        if (isWord)
        {
            words.Add(word.ToString());
        }

        return quote == '\0' ? [.. words] : null;
    }
}
