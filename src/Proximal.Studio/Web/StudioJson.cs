using System.Text.Json;
using Proximal.Control.Runs;
using Proximal.Runs;
using Proximal.Studio.Library;
using Proximal.Studio.Metrics;
using Proximal.Training;

namespace Proximal.Studio.Web;

/// <summary>Runs, recipes and curves as JSON.</summary>
internal static class StudioJson
{
    private const int MostKeys = 64;

    /// <summary>All runs, and the keys in which their recipes differ.</summary>
    public static void WriteRuns(Utf8JsonWriter json, string folder, IReadOnlyList<StudioRun> runs)
    {
        RunGlance[] glances = [.. runs.Select(run => run.Glance())];
        string[] differing = DifferingKeys(glances);
        json.WriteStartObject();
        json.WriteString("folder", folder);
        json.WriteStartArray("keys");
        foreach (string key in differing)
        {
            json.WriteStringValue(key);
        }

        json.WriteEndArray();
        json.WriteStartArray("runs");
        for (int i = 0; i < runs.Count; i++)
        {
            WriteRun(json, runs[i], glances[i], differing);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A run as a row.</summary>
    public static void WriteRun(Utf8JsonWriter json, StudioRun run, RunGlance glance, IReadOnlyList<string> keys)
    {
        json.WriteStartObject();
        WriteRow(json, run, glance);
        json.WriteStartObject("values");
        foreach (string key in keys)
        {
            if (glance.Recipe?[key] is { } value)
            {
                json.WriteString(key, value);
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A run with its measurements and the names of its metrics.</summary>
    public static void WriteDetails(Utf8JsonWriter json, StudioRun run)
    {
        RunGlance glance = run.Glance();
        json.WriteStartObject();
        WriteRow(json, run, glance);
        json.WriteStartArray("metrics");
        foreach (string name in run.Metrics.Names())
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteStartArray("stages");
        foreach (TrainingStage stage in run.Metrics.Stages())
        {
            json.WriteStringValue(NameOf(stage));
        }

        json.WriteEndArray();
        json.WriteStartArray("evaluations");
        foreach (EvaluationResult evaluation in glance.Language?.Evaluations ?? [])
        {
            Write(json, evaluation);
        }

        foreach (ControlEvaluation evaluation in glance.Control?.Evaluations ?? [])
        {
            Write(json, evaluation);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Curves of a run.</summary>
    public static void WriteCurves(Utf8JsonWriter json, string? fault, IEnumerable<CurveAnswer> curves)
    {
        json.WriteStartObject();
        WriteText(json, "fault", fault);
        json.WriteStartArray("curves");
        foreach (CurveAnswer curve in curves)
        {
            json.WriteStartObject();
            json.WriteString("name", curve.Name);
            json.WriteNumber("total", curve.Total);
            WriteNumbers(json, "x", curve.Raw.X);
            WriteNumbers(json, "y", curve.Raw.Y);
            if (curve.Smooth is { } smooth)
            {
                WriteNumbers(json, "smoothX", smooth.X);
                WriteNumbers(json, "smoothY", smooth.Y);
            }

            if (curve.Means is { } means)
            {
                WriteNumbers(json, "means", means);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The keys of two recipes.</summary>
    public static void WriteComparison(Utf8JsonWriter json, StudioRun first, StudioRun second, IReadOnlyList<RecipeLine> lines)
    {
        json.WriteStartObject();
        json.WriteString("a", first.Name);
        json.WriteString("b", second.Name);
        json.WriteStartArray("lines");
        foreach (RecipeLine line in lines)
        {
            json.WriteStartObject();
            json.WriteString("key", line.Key);
            WriteText(json, "a", line.First);
            WriteText(json, "b", line.Second);
            json.WriteBoolean("differs", line.Differs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A number, or null where it is not finite.</summary>
    public static void WriteFinite(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>Numbers, with null where one is not finite.</summary>
    public static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                json.WriteNumberValue(value);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }

    /// <summary>A text, or null.</summary>
    public static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteRow(Utf8JsonWriter json, StudioRun run, RunGlance glance)
    {
        json.WriteString("id", run.Id);
        json.WriteString("name", run.Name);
        json.WriteString("kind", run.IsControl ? "control" : "language");
        json.WriteString("state", glance.State switch
        {
            RunState.Running => "running",
            RunState.Finished => "finished",
            RunState.Stopped => "stopped",
            _ => "damaged",
        });
        WriteText(json, "fault", glance.Fault);
        json.WriteString("stage", NameOf(glance.Stage));
        json.WriteNumber("step", glance.Step);
        if (glance.Steps is { } steps)
        {
            json.WriteNumber("steps", steps);
        }
        else
        {
            json.WriteNull("steps");
        }

        WriteFinite(json, "reward", glance.Reward);
        WriteFinite(json, "exact", glance.Exact);
        WriteFinite(json, "heldOut", glance.HeldOut);
        WriteFinite(json, "seconds", glance.Seconds);
        json.WriteNumber("updated", glance.Updated.ToUnixTimeMilliseconds());
        WriteText(json, "recipe", glance.Recipe?["name"]);
        WriteText(json, "task", glance.Recipe?[run.IsControl ? "environment" : "task"]);
        WriteText(json, "environment", run.IsControl ? null : glance.Recipe?["environment"]);
        WriteText(json, "method", glance.Recipe?["algorithm"] ?? glance.Recipe?["policy.objective"]);
        WriteText(json, "seed", glance.Recipe?["seed"]);
        WriteText(json, "group", glance.Recipe?.Group);
        json.WriteBoolean("hasRollouts", Directory.Exists(run.Folder.Rollouts) || File.Exists(run.Folder.Samples));
    }

    private static void Write(Utf8JsonWriter json, EvaluationResult evaluation)
    {
        json.WriteStartObject();
        json.WriteString("label", evaluation.Label);
        json.WriteNumber("problems", evaluation.Problems);
        json.WriteNumber("samples", evaluation.Samples);
        WriteFinite(json, "temperature", evaluation.Temperature);
        WriteFinite(json, "exact", evaluation.Exact);
        WriteFinite(json, "reward", evaluation.Reward);
        WriteFinite(json, "tokens", evaluation.ResponseTokens);
        WriteFinite(json, "truncated", evaluation.Truncated);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ControlEvaluation evaluation)
    {
        json.WriteStartObject();
        json.WriteString("label", evaluation.Label);
        json.WriteNumber("episodes", evaluation.Returns.Count);
        WriteFinite(json, "mean", evaluation.Returns.Count > 0 ? evaluation.Mean : double.NaN);
        WriteFinite(json, "deviation", evaluation.Returns.Count > 0 ? evaluation.Deviation : double.NaN);
        WriteFinite(json, "length", evaluation.Length);
        json.WriteEndObject();
    }

    /// <summary>The keys in which recipes differ.</summary>
    public static string[] DifferingKeys(RunGlance[] glances)
    {
        FlatRecipe[] recipes = [.. glances.Select(glance => glance.Recipe).OfType<FlatRecipe>()];
        return
        [
            .. recipes.SelectMany(recipe => recipe.Keys).Distinct()
                .Where(key => key != "name" && recipes.Select(recipe => recipe[key]).OfType<string>().Distinct().Skip(1).Any())
                .Take(MostKeys),
        ];
    }

    /// <summary>A stage as the files name it.</summary>
    public static string NameOf(TrainingStage stage) => stage switch
    {
        TrainingStage.Teacher => "teacher",
        TrainingStage.Supervised => "supervised",
        TrainingStage.Preferences => "preferences",
        TrainingStage.Policy => "policy",
        _ => "finished",
    };
}
