using System.Text.Json;
using Proximal.Analysis.Health;
using Proximal.Cli.Health;
using Proximal.Cli.Terminals;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Cli.Training;

/// <summary>Tells machines about a run: one JSON object a line for each event.</summary>
internal sealed class JsonTrainingView(Terminal terminal) : ITrainingView
{
    public void Started(TrainingStart start) => Write("start", json =>
    {
        json.WriteString("recipe", start.Recipe.Name);
        json.WriteString("run", start.Folder.Path);
        json.WriteNumber("parameters", start.Parameters);
        json.WriteBoolean("continued", start.Continued);
        json.WriteString("stage", TrainingText.Name(start.Position.Stage));
        json.WriteNumber("step", start.Position.Step);
    });

    public void StepFinished(StepReport report) => Write("step", json =>
    {
        json.WriteString("stage", TrainingText.Name(report.Stage));
        json.WriteNumber("step", report.Step);
        json.WriteNumber("steps", report.Steps);
        json.WriteStartObject("metrics");
        foreach (Metric metric in report.Metrics)
        {
            json.WriteFinite(metric.Name, metric.Value);
        }

        json.WriteEndObject();
    });

    public void Evaluated(EvaluationResult evaluation) => Write("evaluation", json => WriteNumbers(json, evaluation));

    public void CheckpointWritten(string folder) => Write("checkpoint", json => json.WriteString("folder", folder));

    public void Found(Finding finding) => Write("finding", json => FindingJson.WriteMembers(json, finding));

    public void Stopping()
    {
    }

    public void Listening(string token) => Write("controls", json => json.WriteString("token", token));

    public void Controlled(RunEvent one) => Write("control", json => RunEventText.WriteMembers(json, one));

    public void Ended(TrainingOutcome outcome) => Write("end", json =>
    {
        json.WriteBoolean("finished", outcome.Finished);
        json.WriteString("run", outcome.Folder.Path);
        json.WriteString("model", outcome.Finished ? outcome.Folder.Model : null);
        json.WriteFinite("seconds", outcome.Seconds);
        json.WriteStartArray("evaluations");
        foreach (EvaluationResult evaluation in outcome.Evaluations)
        {
            json.WriteStartObject();
            WriteNumbers(json, evaluation);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public void Dispose()
    {
    }

    /// <summary>The numbers of an evaluation as members of an object.</summary>
    public static void WriteNumbers(Utf8JsonWriter json, EvaluationResult evaluation)
    {
        json.WriteString("label", evaluation.Label);
        json.WriteNumber("problems", evaluation.Problems);
        json.WriteNumber("samples", evaluation.Samples);
        json.WriteFinite("temperature", evaluation.Temperature);
        json.WriteFinite("exact", evaluation.Exact);
        json.WriteFinite("reward", evaluation.Reward);
        json.WriteFinite("response-tokens", evaluation.ResponseTokens);
        json.WriteFinite("truncated", evaluation.Truncated);
        if (evaluation.Counters.Count > 0)
        {
            json.WriteStartObject("counters");
            foreach ((string name, double value) in evaluation.Counters)
            {
                json.WriteFinite(name, value);
            }

            json.WriteEndObject();
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
