using System.Text.Json;
using Proximal.Analysis.Comparisons;
using Proximal.Analysis.Statistics;
using Proximal.Cli.Terminals;
using Proximal.Comparisons;

namespace Proximal.Cli.Comparisons;

/// <summary>Tells machines about a comparison: one JSON object a line for each event.</summary>
internal sealed class JsonComparisonView(Terminal terminal) : IComparisonView
{
    public void Started(ComparedRun run, ComparedRun? start) => Write(terminal, "start", json =>
    {
        WriteRun(json, run);
        json.WriteString("start", start?.Name);
    });

    public void Progressed(ComparedRun run, ComparedProgress progress) => Write(terminal, "step", json =>
    {
        WriteRun(json, run);
        json.WriteString("stage", progress.Stage);
        json.WriteNumber("step", progress.Step);
        json.WriteNumber("steps", progress.Steps);
        json.WriteString("metric", progress.Metric);
        json.WriteFinite("value", progress.Value);
    });

    public void Ended(ComparedResult result, bool before) => Write(terminal, "end", json =>
    {
        WriteRun(json, result.Run);
        json.WriteBoolean("finished", result.Finished);
        json.WriteBoolean("before", before);
        json.WriteFinite("seconds", result.Seconds);
        json.WriteString("failure", result.Failure);
    });

    public void Stopping()
    {
    }

    public void Closed()
    {
    }

    public void Dispose()
    {
    }

    /// <summary>Writes what the comparison came to.</summary>
    public static void WriteReport(Terminal terminal, Comparison comparison, string folder) => Write(terminal, "report", json =>
    {
        json.WriteString("folder", folder);
        json.WriteString("metric", comparison.Metric);
        json.WriteString("caution", comparison.Caution);
        json.WriteStartArray("warnings");
        foreach (string warning in comparison.Warnings)
        {
            json.WriteStringValue(warning);
        }

        json.WriteEndArray();
        json.WriteStartArray("methods");
        foreach (MethodSummary summary in comparison.Summaries)
        {
            json.WriteStartObject();
            json.WriteString("method", summary.Method);
            json.WriteNumber("finished", summary.Scores.Count);
            json.WriteNumber("failed", summary.Failures);
            WriteEstimate(json, "mean", summary.Mean);
            WriteEstimate(json, "interquartile-mean", summary.InterquartileMean);
            WriteEstimate(json, "difference", summary.Difference);
            WriteEstimate(json, "probability-of-improvement", summary.Improvement);
            json.WriteFinite("sampled-tokens", summary.SampledTokens);
            json.WriteFinite("trained-tokens", summary.TrainedTokens);
            json.WriteFinite("method-seconds", summary.MethodSeconds);
            json.WriteFinite("seconds", summary.Seconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteEstimate(Utf8JsonWriter json, string name, Estimate estimate)
    {
        json.WriteStartObject(name);
        json.WriteFinite("value", estimate.Value);
        json.WriteFinite("lower", estimate.Lower);
        json.WriteFinite("upper", estimate.Upper);
        json.WriteEndObject();
    }

    private static void WriteRun(Utf8JsonWriter json, ComparedRun run)
    {
        json.WriteString("run", run.Name);
        json.WriteString("variant", run.Variant);
        json.WriteNumber("seed", run.Seed);
    }

    private static void Write(Terminal terminal, string name, Action<Utf8JsonWriter> write) => JsonText.WriteLine(terminal.Output, json =>
    {
        json.WriteStartObject();
        json.WriteString("event", name);
        write(json);
        json.WriteEndObject();
    });
}
