using System.Text.Json;
using Proximal.Analysis.Statistics;
using Proximal.Cli.Terminals;
using Proximal.Control.Runs;

namespace Proximal.Cli.Control;

/// <summary>The returns of many episodes, with confidence intervals from resampled episodes.</summary>
internal sealed class ControlEvaluationReport
{
    private readonly ControlEvaluation evaluation;
    private readonly Estimate mean;
    private readonly Estimate middle;

    public ControlEvaluationReport(ControlEvaluation evaluation, int seed)
    {
        this.evaluation = evaluation;
        double[] returns = [.. evaluation.Returns];
        mean = Bootstrap.Interval(returns, Moments.Mean, (ulong)seed);
        middle = Bootstrap.Interval(returns, InterquartileMean.Compute, (ulong)seed);
    }

    public void Write(Terminal terminal)
    {
        TextTable table = new("return", new TableColumn("value", IsNumber: true), new TableColumn("95% interval", IsNumber: true));
        table.Add("mean", Readable.Number(mean.Value), ControlResults.Interval(mean));
        table.Add("interquartile mean", Readable.Number(middle.Value), ControlResults.Interval(middle));
        table.Add("standard deviation", Readable.Number(evaluation.Deviation), "");
        table.Add("smallest", Readable.Number(evaluation.Returns.Min()), "");
        table.Add("largest", Readable.Number(evaluation.Returns.Max()), "");
        table.Add("steps of an episode", Readable.Number(evaluation.Length), "");
        foreach ((string name, double value) in evaluation.Metrics)
        {
            table.Add(name, Readable.Number(value), "");
        }

        table.Write(terminal);
    }

    /// <summary>Members of an object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("episodes", evaluation.Returns.Count);
        Write(json, "mean", mean);
        Write(json, "interquartile-mean", middle);
        json.WriteFinite("deviation", evaluation.Deviation);
        json.WriteFinite("smallest", evaluation.Returns.Min());
        json.WriteFinite("largest", evaluation.Returns.Max());
        json.WriteFinite("length", evaluation.Length);
        json.WriteStartObject("metrics");
        foreach ((string name, double value) in evaluation.Metrics)
        {
            json.WriteFinite(name, value);
        }

        json.WriteEndObject();
        json.WriteStartArray("returns");
        foreach (double value in evaluation.Returns)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, Estimate estimate)
    {
        json.WriteStartObject(name);
        json.WriteFinite("value", estimate.Value);
        json.WriteFinite("lower", estimate.Lower);
        json.WriteFinite("upper", estimate.Upper);
        json.WriteEndObject();
    }
}
