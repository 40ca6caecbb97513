using System.Globalization;
using System.Text;
using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Comparisons;

/// <summary>A comparison as comma-separated values (RFC 4180), for programs: every number in full, empty where it is not known.</summary>
public static class ComparisonCsv
{
    /// <summary>One line a method.</summary>
    public static string Methods(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        StringBuilder text = new();
        Append(
            text,
            [
                "method", "metric", "finished_runs", "failed_runs", "start",
                .. Columns("mean"), .. Columns("interquartile_mean"), .. Columns("difference"), .. Columns("probability_of_improvement"),
                .. comparison.Metrics.SelectMany(Columns),
                "sampled_tokens", "trained_tokens", "method_seconds", "seconds",
            ]);
        foreach (MethodSummary summary in comparison.Summaries)
        {
            Append(
                text,
                [
                    Text(summary.Method), Text(comparison.Metric), Number(summary.Scores.Count), Number(summary.Failures), Number(summary.Start),
                    .. Numbers(summary.Mean), .. Numbers(summary.InterquartileMean), .. Numbers(summary.Difference), .. Numbers(summary.Improvement),
                    .. summary.Others.SelectMany(Numbers),
                    Number(summary.SampledTokens), Number(summary.TrainedTokens), Number(summary.MethodSeconds), Number(summary.Seconds),
                ]);
        }

        return text.ToString();
    }

    /// <summary>One line a run.</summary>
    public static string Runs(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        string[] metrics = [comparison.Metric, .. comparison.Metrics];
        StringBuilder text = new();
        Append(text, ["method", "seed", .. metrics, "sampled_tokens", "trained_tokens", "method_seconds", "seconds", "failure"]);
        foreach (MeasuredRun run in comparison.Runs)
        {
            Append(
                text,
                [
                    Text(run.Method), Number(run.Seed), .. metrics.Select(metric => Number(run.Final(metric))),
                    Number(run.Total(MeasuredRun.SampledTokens)), Number(run.Total(MeasuredRun.TrainedTokens)), Number(run.Total(MeasuredRun.StepSeconds)), Number(run.Seconds), Text(run.Failure ?? ""),
                ]);
        }

        return text.ToString();
    }

    private static string[] Columns(string name) => [name, $"{name}_lower", $"{name}_upper"];

    private static string[] Numbers(Estimate estimate) => [Number(estimate.Value), Number(estimate.Lower), Number(estimate.Upper)];

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";

    /// <summary>A text in which no spreadsheet sees a formula.</summary>
    private static string Text(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{text}" : text;

    private static void Append(StringBuilder text, IEnumerable<string> cells) => text
        .AppendJoin(',', cells.Select(cell => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))
        .Append("\r\n");
}
