using System.Globalization;
using System.Text;

namespace Proximal.Analysis.Curves;

/// <summary>Draws curves with Unicode characters, for the end of a run on a terminal. Control characters in labels become spaces.</summary>
public static class CurveText
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string Marks = "*+xo#@%&";
    private const char Braille = '\u2800';

    private static readonly int[] Colors = [33, 208, 35, 170, 99, 178, 45, 246];

    /// <summary>One line of blocks from the lowest to the highest value; a space where nothing was measured.</summary>
    /// <param name="values">Values over steps. [steps]</param>
    /// <param name="width">Most columns; longer series are averaged.</param>
    public static string Sparkline(ReadOnlySpan<double> values, int width = 40)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        int columns = Math.Min(width, values.Length);
        double[] means = new double[columns];
        for (int column = 0; column < columns; column++)
        {
            int start = (int)((long)column * values.Length / columns), end = (int)((long)(column + 1) * values.Length / columns);
            double[] measured = Array.FindAll(values[start..end].ToArray(), double.IsFinite);
            means[column] = Statistics.Moments.Mean(measured);
        }

        double[] known = Array.FindAll(means, double.IsFinite);
        double low = known.Length == 0 ? 0 : known.Min(), span = known.Length == 0 ? 0 : known.Max() - low;
        return string.Create(columns, (means, low, span), static (line, state) =>
        {
            for (int i = 0; i < line.Length; i++)
            {
                double level = state.span == 0 ? 0.4 : (state.means[i] - state.low) / state.span;
                line[i] = double.IsFinite(state.means[i]) ? Blocks[Math.Clamp((int)(level * Blocks.Length), 0, Blocks.Length - 1)] : ' ';
            }
        });
    }

    /// <summary>A chart with axes: dots of Braille patterns, or a mark for each curve when there are several without colour.</summary>
    public static string Chart(IReadOnlyList<CurveSeries> series, CurveTextOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(series);
        options ??= new CurveTextOptions();
        options.Validate();
        CurveLines[] curves = [.. series.Select(one => CurveLines.Of(one, options.Smoothing, BandKind.None))];
        Axis y = Axis.Over(curves.Select(static curve => curve.Smoothed), options.YScale, Math.Clamp(options.Height / 2, 2, 8));
        int labels = y.Labels.Length == 0 ? 0 : y.Labels.Max(static label => label.Length);
        int columns = options.Width - labels - 2;
        Axis x = Axis.Over(curves.Select(static curve => curve.Steps), options.XScale, Math.Max(2, columns / 14));
        DotGrid[] grids = [.. curves.Select(curve => Plot(curve, x, y, columns, options.Height))];

        StringBuilder text = new();
        if (options.Title.Length > 0)
        {
            text.Append(Clean(options.Title, options.Width)).Append('\n');
        }

        string[] labelOfRow = new string[options.Height];
        for (int i = 0; i < y.Ticks.Length; i++)
        {
            labelOfRow[Math.Clamp((int)Math.Round((1 - y.Place(y.Ticks[i])) * (options.Height - 1)), 0, options.Height - 1)] = y.Labels[i];
        }

        for (int row = 0; row < options.Height; row++)
        {
            text.Append((labelOfRow[row] ?? "").PadLeft(labels)).Append(labelOfRow[row] is null ? " │" : " ┤");
            AppendCells(text, grids, row, columns, options.Colored);
        }

        AppendXAxis(text, x, labels, columns, Clean(options.XLabel, columns));
        AppendLegend(text, series, options);
        return text.ToString();
    }

    private static DotGrid Plot(CurveLines curve, Axis x, Axis y, int columns, int rows)
    {
        DotGrid grid = new(columns, rows);
        PlotPoint? previous = null;
        for (int i = 0; i < curve.Steps.Length; i++)
        {
            var point = new PlotPoint(x.Place(curve.Steps[i]), y.Place(curve.Smoothed[i]));
            bool known = double.IsFinite(point.X) && double.IsFinite(point.Y);
            if (known)
            {
                grid.Line(previous ?? point, point);
            }

            previous = known ? point : null;
        }

        return grid;
    }

    private static void AppendCells(StringBuilder text, DotGrid[] grids, int row, int columns, bool colored)
    {
        StringBuilder run = new();
        int last = columns - 1, painted = -1;
        while (last >= 0 && Array.TrueForAll(grids, grid => grid[last, row] == 0))
        {
            last--;
        }

        for (int column = 0; column <= last; column++)
        {
            int top = Array.FindLastIndex(grids, grid => grid[column, row] != 0);
            if (colored && top != painted)
            {
                FinishRun();
                painted = top;
            }

            byte dots = grids.Aggregate((byte)0, (all, grid) => (byte)(all | grid[column, row]));
            run.Append(top < 0 ? ' ' : colored || grids.Length == 1 ? (char)(Braille + dots) : Marks[top % Marks.Length]);
        }

        FinishRun();
        text.Append('\n');

        void FinishRun()
        {
            text.Append(painted < 0 ? run.ToString() : Paint(run.ToString(), painted));
            run.Clear();
        }
    }

    private static void AppendXAxis(StringBuilder text, Axis x, int labels, int columns, string name)
    {
        char[] line = [.. Enumerable.Repeat('─', columns)], under = [.. Enumerable.Repeat(' ', columns)];
        int free = 0;
        for (int i = 0; i < x.Ticks.Length; i++)
        {
            int column = Math.Clamp((int)Math.Round(x.Place(x.Ticks[i]) * (columns - 1)), 0, columns - 1);
            int start = Math.Clamp(column - (x.Labels[i].Length / 2), 0, Math.Max(0, columns - x.Labels[i].Length));
            line[column] = '┬';
            if (start >= free && start + x.Labels[i].Length <= columns)
            {
                x.Labels[i].CopyTo(under.AsSpan(start));
                free = start + x.Labels[i].Length + 1;
            }
        }

        text.Append(' ', labels).Append(" └").Append(line).Append('\n');
        text.Append(' ', labels + 2).Append(new string(under).TrimEnd()).Append('\n');
        if (name.Length > 0)
        {
            text.Append(' ', labels + 2 + ((columns - name.Length) / 2)).Append(name).Append('\n');
        }
    }

    private static void AppendLegend(StringBuilder text, IReadOnlyList<CurveSeries> series, CurveTextOptions options)
    {
        if (series.Count < 2)
        {
            return;
        }

        for (int i = 0; i < series.Count; i++)
        {
            string mark = options.Colored ? Paint("━", i) : Marks[i % Marks.Length].ToString();
            text.Append("  ").Append(mark).Append(' ').Append(Clean(series[i].Name, options.Width - 4)).Append('\n');
        }
    }

    private static string Paint(string text, int series) =>
        string.Create(CultureInfo.InvariantCulture, $"\u001b[38;5;{Colors[series % Colors.Length]}m{text}\u001b[0m");

    private static string Clean(string text, int width)
    {
        string visible = string.Concat(text.EnumerateRunes().Select(static rune =>
            Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                ? " "
                : rune.ToString()));
        return visible.Length <= width ? visible : string.Concat(visible.AsSpan(0, width - 3), "...");
    }
}
