using System.Text.Json;
using Proximal.Runs;
using Proximal.Studio.Web;

namespace Proximal.Studio.Rollouts;

/// <summary>Rollouts as JSON.</summary>
internal static class RolloutJson
{
    private const int PreviewLength = 240;
    private const int LongestToken = 65_536;
    private const int MostTokens = 400_000;
    private const int CharactersOfToken = 32;

    /// <summary>The steps of which rollouts are there.</summary>
    public static void WriteSteps(Utf8JsonWriter json, IReadOnlyList<int> steps, bool isRecorded)
    {
        json.WriteStartObject();
        json.WriteBoolean("recorded", isRecorded);
        json.WriteStartArray("steps");
        foreach (int step in steps)
        {
            json.WriteNumberValue(step);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The prompts of a step with their rollouts, each at a glance.</summary>
    public static void WriteList(Utf8JsonWriter json, int step, IReadOnlyList<RolloutRecord> records)
    {
        json.WriteStartObject();
        json.WriteNumber("step", step);
        json.WriteStartArray("trees");
        for (int i = 0; i < records.Count; i++)
        {
            RolloutRecord record = records[i];
            json.WriteStartObject();
            json.WriteNumber("index", i);
            json.WriteNumber("group", record.Group);
            json.WriteString("prompt", CutText.Start(record.Prompt, PreviewLength));
            json.WriteString("expected", CutText.Start(record.Expected, PreviewLength));
            json.WriteString("family", CutText.Start(record.Family, PreviewLength));
            json.WriteNumber("difficulty", record.Difficulty);
            json.WriteNumber("rollouts", record.Rollouts);
            json.WriteNumber("turns", record.Segments.Count(segment => segment.Origin == "environment"));
            json.WriteStartArray("paths");
            for (int j = 0; j < record.Paths.Count; j++)
            {
                RecordedPath path = record.Paths[j];
                json.WriteStartObject();
                json.WriteNumber("index", j);
                json.WriteString("end", CutText.Start(path.End, PreviewLength));
                json.WriteBoolean("correct", path.Correct);
                StudioJson.WriteFinite(json, "reward", path.Reward);
                json.WriteNumber("tokens", record.SegmentsOf(path).Where(segment => record.Segments[segment].Origin != "prompt").Sum(segment => record.Segments[segment].Tokens.Count));
                json.WriteString("preview", CutText.Start(path.Response, PreviewLength));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>How many rollouts of a prompt, from the first on, are no larger together than a number of tokens. A token of a long text counts as many.</summary>
    public static (int Paths, long Tokens) Within(RolloutRecord record, long mostTokens)
    {
        long tokens = 0;
        for (int path = 0; path < record.Paths.Count; path++)
        {
            long size = record.SegmentsOf(record.Paths[path]).Sum(segment => record.Segments[segment].Texts.Sum(text => 1L + (text.Length / CharactersOfToken)));
            if (tokens + size > mostTokens)
            {
                return (path, tokens);
            }

            tokens += size;
        }

        return (record.Paths.Count, tokens);
    }

    /// <summary>A prompt with everything about its rollouts; where they are too large the last are left out, and told to be.</summary>
    public static void WriteTree(Utf8JsonWriter json, RolloutRecord record) => WriteTree(json, record, Math.Max(1, Within(record, MostTokens).Paths));

    /// <summary>A prompt with everything about some of its rollouts.</summary>
    /// <param name="json">Where it is written to.</param>
    /// <param name="record">The record.</param>
    /// <param name="most">Rollouts, from the first on.</param>
    public static void WriteTree(Utf8JsonWriter json, RolloutRecord record, int most)
    {
        int paths = Math.Min(most, record.Paths.Count);
        HashSet<int> used = [0, .. record.Paths.Take(paths).SelectMany(record.SegmentsOf)];
        json.WriteStartObject();
        json.WriteNumber("step", record.Step);
        json.WriteNumber("group", record.Group);
        json.WriteString("prompt", CutText.Start(record.Prompt, LongestToken));
        json.WriteString("expected", CutText.Start(record.Expected, LongestToken));
        json.WriteString("family", CutText.Start(record.Family, PreviewLength));
        json.WriteNumber("difficulty", record.Difficulty);
        json.WriteNumber("rollouts", record.Rollouts);
        json.WriteNumber("left", record.Paths.Count - paths);
        json.WriteStartArray("segments");
        for (int i = 0; i < record.Segments.Count; i++)
        {
            Write(json, used.Contains(i) ? record.Segments[i] : record.Segments[i] with { Tokens = [], Texts = [] });
        }

        json.WriteEndArray();
        json.WriteStartArray("paths");
        foreach (RecordedPath path in record.Paths.Take(paths))
        {
            Write(json, record, path);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Where a text was found.</summary>
    public static void WriteHits(Utf8JsonWriter json, IReadOnlyList<SearchHit> hits, bool isComplete)
    {
        json.WriteStartObject();
        json.WriteBoolean("complete", isComplete);
        json.WriteStartArray("hits");
        foreach (SearchHit hit in hits)
        {
            json.WriteStartObject();
            json.WriteNumber("step", hit.Step);
            json.WriteNumber("group", hit.Tree);
            json.WriteNumber("path", hit.Path);
            json.WriteString("excerpt", hit.Excerpt);
            json.WriteBoolean("correct", hit.Correct);
            StudioJson.WriteFinite(json, "reward", hit.Reward);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RecordedSegment segment)
    {
        json.WriteStartObject();
        json.WriteNumber("parent", segment.Parent);
        json.WriteString("origin", segment.Origin);
        json.WriteString("end", segment.End);
        json.WriteStartArray("ids");
        foreach (int id in segment.Tokens)
        {
            json.WriteNumberValue(id);
        }

        json.WriteEndArray();
        json.WriteStartArray("texts");
        foreach (string text in segment.Texts)
        {
            json.WriteStringValue(CutText.Start(text, LongestToken * 32));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RolloutRecord record, RecordedPath path)
    {
        json.WriteStartObject();
        json.WriteNumber("leaf", path.Leaf);
        json.WriteStartArray("segments");
        foreach (int segment in record.SegmentsOf(path))
        {
            json.WriteNumberValue(segment);
        }

        json.WriteEndArray();
        json.WriteString("end", path.End);
        json.WriteBoolean("correct", path.Correct);
        json.WriteBoolean("foreign", path.IsForeign);
        StudioJson.WriteFinite(json, "score", path.Score);
        StudioJson.WriteFinite(json, "reward", path.Reward);
        json.WriteStartObject("terms");
        foreach ((string name, float value) in path.Terms)
        {
            StudioJson.WriteFinite(json, name, value);
        }

        json.WriteEndObject();
        json.WriteStartObject("counters");
        foreach ((string name, double value) in path.Counters)
        {
            StudioJson.WriteFinite(json, name, value);
        }

        json.WriteEndObject();
        json.WriteStartObject("columns");
        foreach ((string name, float[] values) in path.Columns)
        {
            json.WriteStartArray(name);
            foreach (float value in values)
            {
                if (float.IsFinite(value))
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

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
