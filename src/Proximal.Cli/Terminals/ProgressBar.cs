using System.Globalization;

namespace Proximal.Cli.Terminals;

/// <summary>A line with a name, a bar, a count and a text.</summary>
internal static class ProgressBar
{
    /// <summary>Columns of the name.</summary>
    public const int NameWidth = 12;

    private const int TextWidth = 32;
    private const int FewestCells = 5;

    /// <summary>Draws the bar.</summary>
    /// <param name="terminal">Gives width and colours.</param>
    /// <param name="name">What goes on.</param>
    /// <param name="done">Steps that are done.</param>
    /// <param name="total">Steps in all.</param>
    /// <param name="count">The steps as people read them.</param>
    /// <param name="text">What stands at the end.</param>
    public static string Draw(Terminal terminal, string name, long done, long total, string count, string text)
    {
        int cells = Math.Max(FewestCells, terminal.Width - NameWidth - Math.Max(TextWidth, count.Length + text.Length + 3));
        int full = (int)(cells * Math.Min(done, total) / total);
        string bar = terminal.Paint(new string('━', full), done >= total ? Ink.Green : Ink.Cyan);
        string open = terminal.Paint(new string('─', cells - full), Ink.Faint);
        return string.Create(CultureInfo.InvariantCulture, $"{name,-NameWidth}{bar}{open} {count}  {text}");
    }

    /// <summary>A further line below the bar, cut to the width.</summary>
    public static string Below(Terminal terminal, string text) => $"{"",NameWidth}{SafeText.Shorten(text, terminal.Width - NameWidth - 1)}";
}
