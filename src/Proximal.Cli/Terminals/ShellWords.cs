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
}
