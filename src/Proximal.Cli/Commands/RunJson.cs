using System.Text.Json;
using Proximal.Cli.Terminals;
using Proximal.Cli.Training;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Cli.Commands;

/// <summary>Runs for machines.</summary>
internal static class RunJson
{
    public static void Write(Utf8JsonWriter json, IEnumerable<(RunReader Run, RunSummary Summary)> runs)
    {
        json.WriteStartArray();
        foreach ((RunReader run, RunSummary summary) in runs)
        {
            Write(json, run, summary);
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, RunReader run, RunSummary summary)
    {
        json.WriteStartObject();
        json.WriteString("run", run.Folder.Path);
        json.WriteString("state", JsonNamingPolicy.KebabCaseLower.ConvertName(summary.State.ToString()));
        json.WriteString("stage", TrainingText.Name(summary.Position.Stage));
        json.WriteNumber("step", summary.Position.Step);
        if (summary.Steps is { } steps)
        {
            json.WriteNumber("steps", steps);
        }
        else
        {
            json.WriteNull("steps");
        }

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
        json.WriteEndObject();
    }
}
