using System.Text;

namespace Proximal.Cli.Terminals;

/// <summary>A table in plain text that fits the terminal: the last column wraps, and others are cut where they would take too much.</summary>
internal sealed class TextTable(params TableColumn[] columns)
{
    private const int Gap = 2;
    private const int NarrowestLast = 16;

    private readonly List<TableCell[]> rows = [];

    /// <summary>Adds a row with a cell for each column.</summary>
    public void Add(params TableCell[] cells) => rows.Add([.. cells.Select(cell => cell with { Text = SafeText.OneLine(cell.Text) })]);

    /// <summary>Writes titles, a rule and the rows.</summary>
    public void Write(Terminal terminal)
    {
        int[] widths = Widths(terminal.Width);
        WriteRow(terminal, widths, [.. columns.Select(column => new TableCell(column.Title))]);
        terminal.Output.WriteLine(terminal.Paint(new string('─', widths.Sum() + (Gap * (columns.Length - 1))), Ink.Faint));
        foreach (TableCell[] row in rows)
        {
            WriteRow(terminal, widths, row);
        }
    }

    private int[] Widths(int width)
    {
        int[] widths = [.. columns.Select((column, i) => rows.Select(row => row[i].Text.Length).Append(column.Title.Length).Max())];
        int last = widths.Length - 1;
        int Excess() => widths.Sum() + (Gap * last) - width;
        if (Excess() > 0)
        {
            widths[last] = Math.Max(Math.Min(widths[last], NarrowestLast), widths[last] - Excess());
        }

        while (Excess() > 0)
        {
            int widest = Array.IndexOf(widths, widths[..last].Max(), 0, last);
            if (widths[widest] <= 1)
            {
                break;
            }

            widths[widest]--;
        }

        return widths;
    }

    private void WriteRow(Terminal terminal, int[] widths, TableCell[] cells)
    {
        int last = cells.Length - 1;
        StringBuilder line = new();
        for (int i = 0; i < last; i++)
        {
            string text = columns[i].IsPath ? SafeText.ShortenStart(cells[i].Text, widths[i]) : SafeText.Shorten(cells[i].Text, widths[i]);
            line.Append(Paint(terminal, columns[i].IsNumber ? text.PadLeft(widths[i]) : text.PadRight(widths[i]), cells[i].Ink)).Append(' ', Gap);
        }

        string[] parts = Wrapping.Wrap(cells[last].Text, widths[last]).Split(Environment.NewLine);
        for (int part = 0; part < parts.Length; part++)
        {
            string text = SafeText.Shorten(parts[part], widths[last]);
            line.Append(Paint(terminal, columns[last].IsNumber ? text.PadLeft(widths[last]) : text, cells[last].Ink));
            terminal.Output.WriteLine(line.ToString().TrimEnd());
            line.Clear().Append(' ', widths[..last].Sum() + (Gap * last));
        }
    }

    private static string Paint(Terminal terminal, string text, Ink? ink) => ink is { } color ? terminal.Paint(text, color) : text;
}
