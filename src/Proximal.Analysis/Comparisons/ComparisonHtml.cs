using System.Globalization;
using System.Net;
using System.Text;
using Proximal.Analysis.Curves;
using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Comparisons;

/// <summary>
/// A comparison as one HTML page: tables, intervals and plots inside it, nothing from elsewhere and no program. All text is escaped. It reads on a
/// telephone as on a desk, light or dark as the reader has it.
/// </summary>
public static class ComparisonHtml
{
    private const string Style = """
        :root { color-scheme: light dark; --paper: #ffffff; --card: #f6f7f9; --ink: #1f2937; --faint: #57606f; --rule: #e0e3e8; --warn: #8a5a00; --warn-paper: #fff7e0;
          --plot-text: #1f2937; --plot-faint: #57606f; --plot-grid: #e5e7eb; --plot-axis: #949ca8;
          --plot-series-0: #0066b2; --plot-series-1: #d55e00; --plot-series-2: #008c69; --plot-series-3: #bc5090;
          --plot-series-4: #785ec6; --plot-series-5: #b08400; --plot-series-6: #269bc8; --plot-series-7: #5a5a5a; }
        @media (prefers-color-scheme: dark) { :root { --paper: #14171c; --card: #1d2128; --ink: #e5e9f0; --faint: #a3adbb; --rule: #343a44; --warn: #ffd479; --warn-paper: #33290f;
          --plot-text: #e5e9f0; --plot-faint: #a3adbb; --plot-grid: #2d333d; --plot-axis: #697382;
          --plot-series-0: #58b0f5; --plot-series-1: #ff9a4d; --plot-series-2: #3fd0a4; --plot-series-3: #f08fc4;
          --plot-series-4: #b3a0ff; --plot-series-5: #e3b93a; --plot-series-6: #7fd4f5; --plot-series-7: #b9bec7; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
        main { max-width: 1160px; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
        h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
        p { margin: .5rem 0; }
        .lead, .reading { color: var(--faint); }
        .warn { margin: 1rem 0; padding: .6rem .9rem; border-left: 4px solid var(--warn); background: var(--warn-paper); color: var(--warn); overflow-wrap: anywhere; }
        .scroll { overflow-x: auto; border: 1px solid var(--rule); border-radius: 8px; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .92rem; }
        th, td { padding: .5rem .8rem; text-align: right; white-space: nowrap; border-top: 1px solid var(--rule); }
        th { color: var(--faint); font-weight: 600; background: var(--card); border-top: 0; white-space: normal; vertical-align: bottom; }
        th:first-child, td:first-child, td.text { text-align: left; }
        td:first-child { font-weight: 600; }
        td.text { white-space: normal; min-width: 16rem; overflow-wrap: anywhere; }
        .key { display: inline-block; width: .7em; height: .7em; border-radius: 50%; margin-right: .5em; }
        .ranges { margin: 0 0 1.25rem; }
        .range { display: grid; grid-template: "name track value" / 10rem 1fr 13rem; gap: .1rem .9rem; align-items: center; margin: .45rem 0; }
        .range .name { grid-area: name; font-weight: 600; overflow-wrap: anywhere; }
        .range .value { grid-area: value; color: var(--faint); font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; }
        .track { grid-area: track; position: relative; height: 1.5rem; background: var(--card); border-radius: 4px; }
        .track i { position: absolute; top: .45rem; height: .6rem; min-width: 2px; border-radius: 3px; opacity: .38; }
        .track b { position: absolute; top: .2rem; width: 3px; height: 1.1rem; margin-left: -1px; border-radius: 2px; }
        .track u { position: absolute; top: .55rem; width: .4rem; height: .4rem; margin-left: -.2rem; border-radius: 50%; opacity: .8; }
        figure { margin: 0 0 1.5rem; padding: .5rem; border: 1px solid var(--rule); border-radius: 8px; }
        figure svg { display: block; width: 100%; height: auto; }
        .narrow { display: none !important; }
        ul { padding-left: 1.2rem; margin: .5rem 0; }
        li { margin: .25rem 0; overflow-wrap: anywhere; }
        @media (max-width: 640px) { .wide { display: none !important; } .narrow { display: block !important; } main { padding: 1.25rem .8rem 3rem; }
          .range { grid-template: "name value" "track track" / 1fr max-content; } }
        """;

    /// <summary>The page.</summary>
    public static string Write(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        StringBuilder text = new();
        text.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
            .Append($"<title>{Escape(comparison.Title)}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n<main>\n");
        text.Append($"<h1>{Escape(comparison.Title)}</h1>\n<p class=\"lead\">{Escape(Lead(comparison))}</p>\n");
        foreach (string warning in comparison.Warnings.Concat(comparison.Caution is { } caution ? [caution] : []))
        {
            text.Append($"<p class=\"warn\">{Escape(warning)}</p>\n");
        }

        text.Append($"<h2>{Escape(comparison.Metric)}</h2>\n");
        AppendRanges(text, comparison);
        AppendTable(text, comparison, ComparisonTables.Results(comparison));
        if (ComparisonTables.Others(comparison) is { } others)
        {
            text.Append("<h2>Other metrics</h2>\n");
            AppendTable(text, comparison, others);
        }

        AppendCurves(text, comparison);
        text.Append("<h2>Cost of a run</h2>\n");
        AppendTable(text, comparison, ComparisonTables.Costs(comparison));
        AppendDifferences(text, comparison);
        text.Append("<h2>Runs</h2>\n");
        AppendTable(text, comparison, ComparisonTables.Runs(comparison), lastIsText: true);
        text.Append("<h2>How to read this</h2>\n<ul class=\"reading\">\n");
        foreach (string line in comparison.Notes.Concat(ComparisonTables.Reading(comparison)))
        {
            text.Append($"<li>{Escape(line)}</li>\n");
        }

        return text.Append("</ul>\n</main>\n</body>\n</html>\n").ToString();
    }

    private static string Lead(Comparison comparison) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count(comparison.Methods.Count, "method")}, {Count(comparison.Seeds.Count, "seed")}. Baseline: {comparison.Methods[0]}.");

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    /// <summary>The mean of each method with its interval and its runs, over one scale.</summary>
    private static void AppendRanges(StringBuilder text, Comparison comparison)
    {
        double[] all = [.. comparison.Summaries.SelectMany(summary => summary.Scores.Select(score => score.Value).Concat([summary.Mean.Lower, summary.Mean.Upper])).Where(double.IsFinite)];
        if (all.Length == 0)
        {
            return;
        }

        double low = all.Min(), high = all.Max(), margin = high > low ? 0.06 * (high - low) : Math.Max(1e-9, 0.05 * Math.Abs(high));
        (low, high) = (low - margin, high + margin);
        text.Append("<div class=\"ranges\">\n");
        for (int i = 0; i < comparison.Summaries.Count; i++)
        {
            MethodSummary summary = comparison.Summaries[i];
            string color = Paint(i);
            text.Append($"<div class=\"range\"><span class=\"name\">{Escape(summary.Method)}</span><span class=\"track\">");
            if (double.IsFinite(summary.Mean.Value))
            {
                Estimate mean = summary.Mean;
                Append(text, $"<i style=\"left:{Place(mean.Lower):0.##}%;width:{Place(mean.Upper) - Place(mean.Lower):0.##}%;background:{color}\"></i>");
                foreach ((int seed, double value) in summary.Scores)
                {
                    Append(text, $"<u title=\"seed {seed}: {Figures.Number(value)}\" style=\"left:{Place(value):0.##}%;background:{color}\"></u>");
                }

                Append(text, $"<b style=\"left:{Place(mean.Value):0.##}%;background:{color}\"></b>");
            }

            text.Append($"</span><span class=\"value\">{Escape(Figures.Interval(summary.Mean))}</span></div>\n");
        }

        text.Append("</div>\n");

        double Place(double value) => 100 * (value - low) / (high - low);
    }

    private static void AppendCurves(StringBuilder text, Comparison comparison)
    {
        if (comparison.Curves.Count == 0)
        {
            return;
        }

        text.Append("<h2>Learning curves</h2>\n<p class=\"lead\">Mean over seeds; the band goes from the lowest to the highest run.</p>\n");
        for (int i = 0; i < comparison.Curves.Count; i++)
        {
            IReadOnlyList<CurveSeries> series = comparison.Series(comparison.Curves[i]);
            CurvePlotOptions wide = new() { Title = comparison.Curves[i], Width = 960, Height = 400 };
            text.Append("<figure>\n<div class=\"wide\">").Append(CurvePlot.ToInlineSvg(series, $"w{i.ToString(CultureInfo.InvariantCulture)}-", wide)).Append("</div>\n");
            text.Append("<div class=\"narrow\">")
                .Append(CurvePlot.ToInlineSvg(series, $"n{i.ToString(CultureInfo.InvariantCulture)}-", wide with { Width = 360, Height = 320 }))
                .Append("</div>\n");
            text.Append("</figure>\n");
        }
    }

    private static void AppendDifferences(StringBuilder text, Comparison comparison)
    {
        if (comparison.Differences.Values.All(list => list.Count == 0))
        {
            return;
        }

        text.Append("<h2>What differs from the baseline</h2>\n<div class=\"scroll\"><table>\n");
        foreach (string method in comparison.Methods.Where(method => comparison.Differences.GetValueOrDefault(method) is { Count: > 0 }))
        {
            text.Append($"<tr><td>{Name(comparison, method)}</td><td class=\"text\">{string.Join("<br>", comparison.Differences[method].Select(Escape))}</td></tr>\n");
        }

        text.Append("</table></div>\n");
    }

    private static void AppendTable(StringBuilder text, Comparison comparison, ComparisonTables.Table table, bool lastIsText = false)
    {
        text.Append("<div class=\"scroll\"><table>\n<tr>").AppendJoin("", table.Titles.Select(title => $"<th>{Escape(title)}</th>")).Append("</tr>\n");
        foreach (string[] row in table.Rows)
        {
            text.Append($"<tr><td>{Name(comparison, row[0])}</td>");
            for (int i = 1; i < row.Length; i++)
            {
                text.Append(lastIsText && i == row.Length - 1 ? "<td class=\"text\">" : "<td>").Append(Escape(row[i])).Append("</td>");
            }

            text.Append("</tr>\n");
        }

        text.Append("</table></div>\n");
    }

    private static string Name(Comparison comparison, string method) =>
        $"<span class=\"key\" style=\"background:{Paint(comparison.Methods.Index().First(one => one.Item == method).Index)}\"></span>{Escape(method)}";

    private static string Paint(int method) => string.Create(CultureInfo.InvariantCulture, $"var(--plot-series-{method % CurvePlot.ColorCount})");

    private static void Append(StringBuilder text, FormattableString markup) => text.Append(markup.ToString(CultureInfo.InvariantCulture));

    private static string Escape(string text) => WebUtility.HtmlEncode(string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)));
}
