using System.Globalization;
using System.Text;
using System.Text.Json;
using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Evaluation;

/// <summary>Renders an <see cref="EvaluationReport"/> for people and machines. Numbers are invariant; what cannot be estimated is "n/a", or null in JSON.</summary>
public static class EvaluationReportFormat
{
    /// <summary>A table for a terminal, at most 80 columns wide.</summary>
    public static string ToText(this EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder text = new();
        AppendRow("metric", "mean", IntervalTitle(report), "problems");
        text.Append('-', 58).Append('\n');
        foreach (EvaluationMetric metric in report.Metrics)
        {
            AppendRow(metric.Name, Value(metric), Interval(metric), Count(metric.Problems));
        }

        text.Append('-', 58).Append('\n');
        foreach (string line in Notes(report))
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();

        void AppendRow(string name, string value, string interval, string problems) =>
            text.Append(CultureInfo.InvariantCulture, $"{name,-14}{value,10}{interval,24}{problems,10}\n");
    }

    /// <summary>A Markdown table and two lines of notes.</summary>
    public static string ToMarkdown(this EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"| metric | mean | {IntervalTitle(report)} | problems |\n|:--|--:|--:|--:|\n");
        foreach (EvaluationMetric metric in report.Metrics)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {metric.Name} | {Value(metric)} | {Interval(metric)} | {Count(metric.Problems)} |\n");
        }

        text.Append('\n');
        foreach (string line in Notes(report))
        {
            text.Append(line).Append("  \n");
        }

        return text.ToString();
    }

    /// <summary>Comma-separated values with a header: metric,mean,lower,upper,problems.</summary>
    public static string ToCsv(this EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder text = new("metric,mean,lower,upper,problems\n");
        foreach (EvaluationMetric metric in report.Metrics)
        {
            Estimate estimate = metric.Estimate;
            text.Append(CultureInfo.InvariantCulture, $"{metric.Name},{Cell(estimate.Value)},{Cell(estimate.Lower)},{Cell(estimate.Upper)},{metric.Problems}\n");
        }

        return text.ToString();

        static string Cell(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";
    }

    /// <summary>Writes one JSON object: problems, samples, confidence, metrics by name, and group health.</summary>
    public static void WriteJson(this EvaluationReport report, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("problems", report.Problems);
        writer.WriteNumber("samples", report.Samples);
        writer.WriteNumber("confidence", report.Confidence);
        writer.WriteStartObject("metrics");
        foreach (EvaluationMetric metric in report.Metrics)
        {
            writer.WriteStartObject(metric.Name);
            WriteNumber("mean", metric.Estimate.Value);
            WriteNumber("lower", metric.Estimate.Lower);
            WriteNumber("upper", metric.Estimate.Upper);
            writer.WriteNumber("problems", metric.Problems);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteStartObject("groups");
        WriteNumber("effective", report.Health.EffectiveRate);
        WriteNumber("all_correct", report.Health.AllCorrectShare);
        WriteNumber("all_wrong", report.Health.AllWrongShare);
        writer.WriteEndObject();
        writer.WriteEndObject();

        void WriteNumber(string name, double value)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumber(name, value);
            }
            else
            {
                writer.WriteNull(name);
            }
        }
    }

    /// <summary>The JSON of <see cref="WriteJson"/>, indented.</summary>
    public static string ToJson(this EvaluationReport report)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true }))
        {
            report.WriteJson(writer);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    private static string IntervalTitle(EvaluationReport report) => string.Create(CultureInfo.InvariantCulture, $"{100 * report.Confidence:0.##}% interval");

    private static string Value(EvaluationMetric metric) => Number(metric.Estimate.Value, metric.IsShare);

    private static string Interval(EvaluationMetric metric) => double.IsFinite(metric.Estimate.Lower) && double.IsFinite(metric.Estimate.Upper)
        ? $"[{Number(metric.Estimate.Lower, metric.IsShare)}, {Number(metric.Estimate.Upper, metric.IsShare)}]"
        : "n/a";

    private static string Number(double value, bool isShare) => !double.IsFinite(value)
        ? "n/a"
        : isShare
            ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.0}%")
            : value.ToString(Math.Abs(value) >= 1e6 ? "0.000e0" : Math.Abs(value) >= 100 ? "0.0" : "0.000", CultureInfo.InvariantCulture);

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Notes(EvaluationReport report)
    {
        yield return $"{Count(report.Problems)} problems, {Count(report.Samples)} samples";
        yield return $"groups: {Number(report.Health.EffectiveRate, true)} with different rewards, "
            + $"{Number(report.Health.AllCorrectShare, true)} all correct, {Number(report.Health.AllWrongShare, true)} all wrong";
    }
}
