using System.Text.Json;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Studio.Library;
using Proximal.Studio.Metrics;
using Proximal.Studio.Rollouts;
using Proximal.Studio.Web;

namespace Proximal.Studio.Reports;

/// <summary>Runs as the data of a report. What cannot be read of a run is left out; the rest stays.</summary>
internal static class ReportJson
{
    private const int MostMetrics = 96;
    private const int MostSteps = 6;
    private const int MostTokensOfTree = 20_000;

    /// <summary>Points of all curves on three axes, and tokens of all rollouts with their columns: some fifty and some two hundred bytes each, below 30 MB in all.</summary>
    private const int MostPoints = 160_000;
    private const int MostTokens = 100_000;
    private const int FewestPoints = 64;
    private const int MostPointsOfCurve = 600;

    public static void Write(Utf8JsonWriter json, string title, IReadOnlyList<StudioRun> runs)
    {
        RunGlance[] glances = [.. runs.Select(run => run.Glance())];
        string[] keys = StudioJson.DifferingKeys(glances);
        json.WriteStartObject();
        json.WriteString("title", title);
        json.WriteStartArray("keys");
        foreach (string key in keys)
        {
            json.WriteStringValue(key);
        }

        json.WriteEndArray();
        json.WriteStartArray("runs");
        RolloutLibrary library = new();
        for (int i = 0; i < runs.Count; i++)
        {
            json.WriteStartObject();
            json.WritePropertyName("row");
            StudioJson.WriteRun(json, runs[i], glances[i], keys);
            json.WritePropertyName("details");
            StudioJson.WriteDetails(json, runs[i]);
            WriteTexts(json, runs[i], glances[i]);
            WriteCurves(json, runs[i], Math.Clamp(MostPoints / runs.Count / Math.Max(1, Math.Min(MostMetrics, runs[i].Metrics.Names().Count)), FewestPoints, MostPointsOfCurve));
            WriteFindings(json, runs[i]);
            WriteRollouts(json, library, runs[i], MostTokens / runs.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, StudioRun run, RunGlance glance)
    {
        if (glance.Recipe is not { } recipe)
        {
            return;
        }

        json.WriteStartObject("recipe");
        json.WriteString("text", run.RecipeText());
        json.WriteEndObject();
        json.WriteStartObject("keys");
        foreach (string key in recipe.Keys)
        {
            json.WriteString(key, recipe[key]);
        }

        json.WriteEndObject();
        if (Try(run.Explain) is { } explanation)
        {
            json.WritePropertyName("objective");
            ObjectiveJson.Write(json, explanation, Try(run.Objective));
        }

        if (Try(run.Events) is { } events)
        {
            json.WritePropertyName("events");
            ControlJson.WriteEvents(json, events);
        }
    }

    private static void WriteCurves(Utf8JsonWriter json, StudioRun run, int points)
    {
        json.WriteStartObject("curves");
        foreach (string name in run.Metrics.Names().Take(MostMetrics))
        {
            MetricSample sample = run.Metrics.Sample(name, points);
            json.WriteStartObject(name);
            json.WriteNumber("total", sample.Total);
            StudioJson.WriteNumbers(json, "step", sample.Steps);
            StudioJson.WriteNumbers(json, "tokens", sample.Tokens);
            StudioJson.WriteNumbers(json, "time", sample.Seconds);
            StudioJson.WriteNumbers(json, "y", sample.Values);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteFindings(Utf8JsonWriter json, StudioRun run)
    {
        if (!run.IsControl && Try(run.Examine) is { } findings)
        {
            json.WritePropertyName("doctor");
            FindingJson.Write(json, findings);
        }
    }

    private static void WriteRollouts(Utf8JsonWriter json, RolloutLibrary library, StudioRun run, int mostTokens)
    {
        IReadOnlyList<int> all = Try(() => RolloutLibrary.Steps(run)) ?? [];
        int[] steps = [.. Enumerable.Range(0, Math.Min(MostSteps, all.Count)).Select(i => all[i * (all.Count - 1) / Math.Max(1, Math.Min(MostSteps, all.Count) - 1)]).Distinct()];
        List<int> written = [];
        json.WriteStartObject("rollouts");
        long left = mostTokens;

        // The last step first: where not all fits, it is the one that counts.
        foreach (int step in steps.Reverse())
        {
            List<(RolloutRecord Record, int Paths)> records = [];
            foreach (RolloutRecord record in Try(() => library.Read(run, step)) ?? [])
            {
                (int paths, long tokens) = RolloutJson.Within(record, Math.Min(left, MostTokensOfTree));
                if (paths > 0)
                {
                    left -= tokens;
                    records.Add((record, paths));
                }
            }

            if (records.Count > 0)
            {
                written.Add(step);
                Write(json, step, records);
            }
        }

        json.WriteEndObject();
        written.Reverse();
        json.WritePropertyName("steps");
        RolloutJson.WriteSteps(json, written, RolloutLibrary.IsRecorded(run));
    }

    private static void Write(Utf8JsonWriter json, int step, List<(RolloutRecord Record, int Paths)> records)
    {
        json.WriteStartObject(FormattableString.Invariant($"{step}"));
        json.WritePropertyName("list");
        RolloutJson.WriteList(json, step, [.. records.Select(one => one.Record)]);
        json.WriteStartArray("trees");
        foreach ((RolloutRecord record, int paths) in records)
        {
            RolloutJson.WriteTree(json, record, paths);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static T? Try<T>(Func<T> read)
        where T : class?
    {
        try
        {
            return read();
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException or UnauthorizedAccessException or RecipeException)
        {
            // The row of the run tells of damage that it knows; a report shows the rest.
            return null;
        }
    }
}
