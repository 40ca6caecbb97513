using Proximal.Analysis.Comparisons;
using Proximal.Cli.Terminals;
using Proximal.Comparisons;

namespace Proximal.Cli.Comparisons;

/// <summary>What a comparison came to, on a terminal.</summary>
internal static class ComparisonTable
{
    public static void Write(Terminal terminal, Comparison comparison, string folder)
    {
        TextWriter output = terminal.Output;
        output.WriteLine();
        output.WriteLine(terminal.Paint($"{comparison.Metric} at the end, seeds {SeedList.Format(comparison.Seeds)}; brackets: 95 % over seeds", Ink.Bold));
        output.WriteLine();
        bool hasBaseline = comparison.Methods.Count > 1;
        TextTable table = new("method", new TableColumn("mean", IsNumber: true), new TableColumn("IQM", IsNumber: true), new TableColumn("P(better)", IsNumber: true), new TableColumn("tokens", IsNumber: true), new TableColumn("time", IsNumber: true), "runs");
        foreach (MethodSummary summary in comparison.Summaries)
        {
            table.Add(
                summary.Method,
                Figures.Interval(summary.Mean),
                Figures.Number(summary.InterquartileMean.Value),
                hasBaseline && summary.Method == comparison.Methods[0] ? "baseline" : Figures.Number(summary.Improvement.Value),
                Figures.Count(summary.SampledTokens),
                Figures.Seconds(double.IsFinite(summary.MethodSeconds) ? summary.MethodSeconds : summary.Seconds),
                summary.Failures == 0 ? FormattableString.Invariant($"{summary.Scores.Count}") : new TableCell(FormattableString.Invariant($"{summary.Scores.Count}+{summary.Failures} failed"), Ink.Red));
        }

        table.Write(terminal);
        output.WriteLine();
        foreach (string warning in comparison.Warnings.Concat(comparison.Caution is { } caution ? [caution] : []))
        {
            output.WriteLine(terminal.Paint(Wrapping.Wrap(SafeText.OneLine(warning), terminal.Width), Ink.Yellow));
        }

        output.WriteLine($"Report: {Path.Combine(folder, ComparisonReport.HtmlFile)}");
    }
}
