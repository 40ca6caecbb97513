using System.Globalization;

namespace Proximal.Analysis.Comparisons;

/// <summary>The tables of a report as text, the same for every format.</summary>
internal static class ComparisonTables
{
    /// <summary>A table; the cells of the first column are names.</summary>
    internal sealed record Table(string[] Titles, IReadOnlyList<string[]> Rows);

    /// <summary>The deciding metric of each method.</summary>
    public static Table Results(Comparison comparison) => new(
        ["method", "runs", "at the start", "mean", "interquartile mean", "difference to baseline", "probability of improvement"],
        [
            .. comparison.Summaries.Select(summary => (string[])
            [
                summary.Method,
                RunsOf(summary),
                Figures.Number(summary.Start),
                Figures.Interval(summary.Mean),
                Figures.Interval(summary.InterquartileMean),
                summary.Method == comparison.Methods[0] ? "baseline" : Figures.Interval(summary.Difference, signed: true),
                Figures.Interval(summary.Improvement),
            ]),
        ]);

    /// <summary>Other metrics of each method; null where there are none.</summary>
    public static Table? Others(Comparison comparison) => comparison.Metrics.Count == 0 ? null : new(
        ["method", .. comparison.Metrics],
        [.. comparison.Summaries.Select(summary => (string[])[summary.Method, .. summary.Others.Select(estimate => Figures.Interval(estimate))])]);

    /// <summary>What a run of each method cost.</summary>
    public static Table Costs(Comparison comparison)
    {
        (string Title, Func<MethodSummary, double> Value, Func<double, string> Show)[] columns =
        [
            ("tokens sampled", summary => summary.SampledTokens, Figures.Count),
            ("tokens learned from", summary => summary.TrainedTokens, Figures.Count),
            ("time of the method", summary => summary.MethodSeconds, Figures.Seconds),
            ("time in all", summary => summary.Seconds, Figures.Seconds),
        ];
        columns = [.. columns.Where(column => comparison.Summaries.Any(summary => double.IsFinite(column.Value(summary))))];
        return new(
            ["method", .. columns.Select(column => column.Title)],
            [.. comparison.Summaries.Select(summary => (string[])[summary.Method, .. columns.Select(column => column.Show(column.Value(summary)))])]);
    }

    /// <summary>Every run.</summary>
    public static Table Runs(Comparison comparison) => new(
        ["method", "seed", comparison.Metric, .. comparison.Metrics, "time", "state"],
        [
            .. comparison.Runs.Select(run => (string[])
            [
                run.Method,
                run.Seed.ToString(CultureInfo.InvariantCulture),
                Figures.Number(run.Final(comparison.Metric)),
                .. comparison.Metrics.Select(metric => Figures.Number(run.Final(metric))),
                Figures.Seconds(run.Seconds),
                run.Failure is null ? "finished" : $"failed: {run.Failure}",
            ]),
        ]);

    /// <summary>Number of finished runs, and of those that are not.</summary>
    public static string RunsOf(MethodSummary summary) =>
        summary.Failures == 0 ? FormattableString.Invariant($"{summary.Scores.Count}") : FormattableString.Invariant($"{summary.Scores.Count}, {summary.Failures} failed");

    /// <summary>How the numbers were made.</summary>
    public static string[] Reading(Comparison comparison) =>
    [
        $"{comparison.Metric}: of each finished run {(comparison.Metric.StartsWith("evaluation/", StringComparison.Ordinal) ? "the last measurement" : "the mean over the last tenth of the steps")}; more is better.",
        FormattableString.Invariant($"Brackets hold {100 * Comparison.Confidence:0} % percentile bootstrap intervals over seeds, {Statistics.Bootstrap.DefaultResamples} resamples."),
        "The interquartile mean is the mean of the middle half of the runs. The difference is taken between runs of the same seed. The probability of improvement is that of a run of the method beating one of the baseline, ties counted half (Agarwal et al. 2021).",
        "Cost is that of one run. Tokens are those of policy optimization, responses that were dropped included. The time of the method leaves out the supervised stage and measurements, which all methods have in common. Other runs used the machine too.",
    ];
}
