using System.Text.Json;
using Proximal.Cli.Terminals;
using Proximal.Cli.Training;
using Proximal.Control.Runs;
using Proximal.Runs;

namespace Proximal.Cli.Control;

/// <summary>Tells machines about a control run: one JSON object a line for each event.</summary>
internal sealed class JsonControlView(Terminal terminal) : IControlView
{
    public void Started(ControlStart start) => Write("start", json =>
    {
        json.WriteString("recipe", start.Recipe.Name);
        json.WriteString("environment", start.Recipe.Environment.Definition.Info.Key);
        json.WriteString("algorithm", start.Recipe.Algorithm.Definition.Info.Key);
        json.WriteString("run", start.Folder.Path);
        json.WriteNumber("parameters", start.Parameters);
        json.WriteBoolean("continued", start.Continued);
        json.WriteNumber("step", start.Step);
    });

    public void Reported(ControlReport report) => Write("step", json =>
    {
        json.WriteNumber("step", report.Step);
        json.WriteNumber("steps", report.Steps);
        json.WriteStartObject("metrics");
        foreach (Metric metric in report.Metrics)
        {
            json.WriteFinite(metric.Name, metric.Value);
        }

        json.WriteEndObject();
    });

    public void Evaluated(ControlEvaluation evaluation) => Write("evaluation", json => WriteNumbers(json, evaluation));

    public void CheckpointWritten(string folder) => Write("checkpoint", json => json.WriteString("folder", folder));

    public void Stopping()
    {
    }

    public void Listening(string token) => Write("controls", json => json.WriteString("token", token));

    public void Controlled(RunEvent one) => Write("control", json => RunEventText.WriteMembers(json, one));

    public void Ended(ControlOutcome outcome) => Write("end", json =>
    {
        json.WriteBoolean("finished", outcome.Finished);
        json.WriteString("run", outcome.Folder.Path);
        json.WriteString("policy", outcome.Finished ? outcome.Folder.Model : null);
        json.WriteFinite("seconds", outcome.Seconds);
        WriteList(json, outcome.Evaluations);
    });

    public void Dispose()
    {
    }

    /// <summary>Evaluations as a member of an object.</summary>
    public static void WriteList(Utf8JsonWriter json, IEnumerable<ControlEvaluation> evaluations)
    {
        json.WriteStartArray("evaluations");
        foreach (ControlEvaluation evaluation in evaluations)
        {
            json.WriteStartObject();
            WriteNumbers(json, evaluation);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, ControlEvaluation evaluation)
    {
        json.WriteString("label", evaluation.Label);
        json.WriteNumber("episodes", evaluation.Returns.Count);
        json.WriteFinite("return", evaluation.Mean);
        json.WriteFinite("deviation", evaluation.Deviation);
        json.WriteFinite("length", evaluation.Length);
        foreach ((string name, double mean) in evaluation.Metrics)
        {
            json.WriteFinite(name, mean);
        }
    }

    private void Write(string name, Action<Utf8JsonWriter> write) => JsonText.WriteLine(terminal.Output, json =>
    {
        json.WriteStartObject();
        json.WriteString("event", name);
        write(json);
        json.WriteEndObject();
    });
}
