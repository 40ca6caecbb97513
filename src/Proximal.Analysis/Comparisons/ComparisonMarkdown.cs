using System.Text;
using Proximal.Analysis.Curves;

namespace Proximal.Analysis.Comparisons;

/// <summary>A comparison as Markdown, with its plots as SVG files beside it.</summary>
public static class ComparisonMarkdown
{
    /// <summary>The report.</summary>
    public static string Write(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        StringBuilder text = new();
        text.Append($"# {Escape(comparison.Title)}\n\n");
        foreach (string warning in comparison.Warnings.Concat(comparison.Caution is { } caution ? [caution] : []))
        {
            text.Append($"> **Note.** {Escape(warning)}\n\n");
        }

        AppendTable(text, Escape(comparison.Metric), ComparisonTables.Results(comparison));
        if (ComparisonTables.Others(comparison) is { } others)
        {
            AppendTable(text, "Other metrics", others);
        }

        AppendTable(text, "Cost", ComparisonTables.Costs(comparison));
        if (comparison.Curves.Count > 0)
        {
            text.Append("## Learning curves\n\nMean over seeds; the band goes from the lowest to the highest run.\n\n");
        }

        foreach (string metric in comparison.Curves)
        {
            text.Append($"![{Escape(metric)}]({PlotName(metric)})\n\n");
        }

        AppendDifferences(text, comparison);
        AppendTable(text, "Runs", ComparisonTables.Runs(comparison));
        text.Append("## How to read this\n\n");
        foreach (string line in comparison.Notes.Concat(ComparisonTables.Reading(comparison)))
        {
            text.Append($"- {Escape(line)}\n");
        }

        return text.ToString();
    }

    /// <summary>The plot of a metric as an SVG document, as the report names it.</summary>
    public static (string Name, string Svg) Plot(Comparison comparison, string metric)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(metric);
        return (PlotName(metric), CurvePlot.ToSvg(comparison.Series(metric), new CurvePlotOptions { Title = metric }));
    }

    private static string PlotName(string metric) => $"curve-{string.Concat(metric.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'))}.svg";

    private static void AppendDifferences(StringBuilder text, Comparison comparison)
    {
        if (comparison.Differences.Values.All(list => list.Count == 0))
        {
            return;
        }

        text.Append("## What differs from the baseline\n\n");
        foreach (string method in comparison.Methods.Where(method => comparison.Differences.GetValueOrDefault(method) is { Count: > 0 }))
        {
            text.Append($"- **{Escape(method)}**: {string.Join("; ", comparison.Differences[method].Select(Escape))}\n");
        }

        text.Append('\n');
    }

    private static void AppendTable(StringBuilder text, string title, ComparisonTables.Table table)
    {
        text.Append($"## {title}\n\n");
        AppendRow(text, table.Titles);
        text.Append('|').Insert(text.Length, "---|", table.Titles.Length).Append('\n');
        foreach (string[] row in table.Rows)
        {
            AppendRow(text, row);
        }

        text.Append('\n');
    }

    private static void AppendRow(StringBuilder text, string[] cells) => text.Append("| ").AppendJoin(" | ", cells.Select(Escape)).Append(" |\n");

    /// <summary>Text in which Markdown finds nothing to format and no element.</summary>
    private static string Escape(string text)
    {
        StringBuilder safe = new(text.Length + 8);
        foreach (char c in text)
        {
            _ = c switch
            {
                '<' => safe.Append("&lt;"),
                '>' => safe.Append("&gt;"),
                '&' => safe.Append("&amp;"),
                '\\' or '|' or '*' or '_' or '`' or '~' => safe.Append('\\').Append(c),
                '[' when text.Contains("](", StringComparison.Ordinal) => safe.Append("\\["),
                _ => safe.Append(char.IsControl(c) ? ' ' : c),
            };
        }

        return safe.ToString();
    }
}
