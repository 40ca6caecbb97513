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
            json.WriteString("prompt", Cut(record.Prompt, PreviewLength));
            json.WriteString("expected", Cut(record.Expected, PreviewLength));
            json.WriteString("family", Cut(record.Family, PreviewLength));
            json.WriteNumber("difficulty", record.Difficulty);
            json.WriteNumber("rollouts", record.Rollouts);
            json.WriteNumber("turns", record.Segments.Count(segment => segment.Origin == "environment"));
            json.WriteStartArray("paths");
            for (int j = 0; j < record.Paths.Count; j++)
            {
                RecordedPath path = record.Paths[j];
                json.WriteStartObject();
                json.WriteNumber("index", j);
                json.WriteString("end", Cut(path.End, PreviewLength));
                json.WriteBoolean("correct", path.Correct);
                StudioJson.WriteFinite(json, "reward", path.Reward);
                json.WriteNumber("tokens", record.SegmentsOf(path).Where(segment => record.Segments[segment].Origin != "prompt").Sum(segment => record.Segments[segment].Tokens.Count));
                json.WriteString("preview", Cut(path.Response, PreviewLength));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A prompt with everything about its rollouts. Beyond a number of tokens the other rollouts are left out, and told to be.</summary>
    /// <param name="json">Where it is written to.</param>
    /// <param name="record">The record.</param>
    /// <param name="mostTokens">The most tokens of all paths together; the first path is always there.</param>
    public static void WriteTree(Utf8JsonWriter json, RolloutRecord record, int mostTokens = MostTokens)
    {
        int paths = 0;
        for (long tokens = 0; paths < record.Paths.Count; paths++)
        {
            tokens += record.SegmentsOf(record.Paths[paths]).Sum(segment => (long)record.Segments[segment].Tokens.Count);
            if (tokens > mostTokens && paths > 0)
            {
                break;
            }
        }

        json.WriteStartObject();
        json.WriteNumber("step", record.Step);
        json.WriteNumber("group", record.Group);
        json.WriteString("prompt", Cut(record.Prompt, LongestToken));
        json.WriteString("expected", Cut(record.Expected, LongestToken));
        json.WriteString("family", Cut(record.Family, PreviewLength));
        json.WriteNumber("difficulty", record.Difficulty);
        json.WriteNumber("rollouts", record.Rollouts);
        json.WriteNumber("left", record.Paths.Count - paths);
        json.WriteStartArray("segments");
        foreach (RecordedSegment segment in record.Segments)
        {
            Write(json, segment);
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
            json.WriteStringValue(Cut(text, LongestToken * 32));
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

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}
