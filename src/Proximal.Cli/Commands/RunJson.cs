using System.Text.Json;
using Proximal.Cli.Control;
using Proximal.Cli.Terminals;
using Proximal.Cli.Training;
using Proximal.Control.Runs;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Cli.Commands;

/// <summary>Runs for machines.</summary>
internal static class RunJson
{
    public static void Write(Utf8JsonWriter json, IEnumerable<RunEntry> runs)
    {
        json.WriteStartArray();
        foreach (RunEntry run in runs)
        {
            Write(json, run);
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, RunEntry run)
    {
        json.WriteStartObject();
        json.WriteString("run", run.Run.Folder.Path);
        json.WriteString("kind", run.Control is null ? "language" : "control");
        json.WriteString("state", JsonNamingPolicy.KebabCaseLower.ConvertName(run.State.ToString()));
        if (run.Control is { } control)
        {
            Write(json, control);
        }
        else
        {
            Write(json, run.Language!);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ControlSummary summary)
    {
        json.WriteNumber("step", summary.Step);
        WriteSteps(json, summary.Steps);
        json.WriteFinite("return", summary.Return);
        json.WriteFinite("seconds", summary.Seconds);
        JsonControlView.WriteList(json, summary.Evaluations);
    }

    private static void Write(Utf8JsonWriter json, RunSummary summary)
    {
        json.WriteString("stage", TrainingText.Name(summary.Position.Stage));
        json.WriteNumber("step", summary.Position.Step);
        WriteSteps(json, summary.Steps);
        json.WriteFinite("reward", summary.Reward);
        json.WriteFinite("exact", summary.Exact);
        json.WriteFinite("seconds", summary.Seconds);
        json.WriteStartArray("evaluations");
        foreach (EvaluationResult evaluation in summary.Evaluations)
        {
            json.WriteStartObject();
            JsonTrainingView.WriteNumbers(json, evaluation);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSteps(Utf8JsonWriter json, int? steps)
    {
        if (steps is { } known)
        {
            json.WriteNumber("steps", known);
        }
        else
        {
            json.WriteNull("steps");
        }
    }
}
