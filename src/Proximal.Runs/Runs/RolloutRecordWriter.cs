using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Proximal.Runs;

/// <summary>Writes <see cref="RolloutRecord"/>s, each as a line of JSON. The same record gives the same bytes.</summary>
internal static class RolloutRecordWriter
{
    /// <summary>Version of the format, for readers of another time.</summary>
    public const int Format = 1;

    private const int LongestNumber = 32;

    /// <summary>Appends a record and the end of the line.</summary>
    public static void Write(ArrayBufferWriter<byte> line, RolloutRecord record) => RunLogs.WriteLine(line, json =>
    {
        json.WriteNumber("format", Format);
        json.WriteNumber("step", record.Step);
        json.WriteNumber("group", record.Group);
        json.WriteString("prompt", record.Prompt);
        json.WriteString("expected", record.Expected);
        json.WriteString("family", record.Family);
        json.WriteNumber("difficulty", record.Difficulty);
        json.WriteNumber("rollouts", record.Rollouts);
        json.WriteStartArray("segments");
        foreach (RecordedSegment segment in record.Segments)
        {
            Write(json, segment);
        }

        json.WriteEndArray();
        json.WriteStartArray("paths");
        foreach (RecordedPath path in record.Paths)
        {
            Write(json, path);
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, RecordedSegment segment)
    {
        json.WriteStartObject();
        json.WriteNumber("parent", segment.Parent);
        json.WriteString("origin", segment.Origin);
        json.WriteString("end", segment.End);
        json.WriteStartArray("ids");
        foreach (int token in segment.Tokens)
        {
            json.WriteNumberValue(token);
        }

        json.WriteEndArray();
        json.WriteStartArray("texts");
        foreach (string text in segment.Texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RecordedPath path)
    {
        json.WriteStartObject();
        json.WriteNumber("leaf", path.Leaf);
        json.WriteString("end", path.End);
        json.WriteBoolean("correct", path.Correct);
        RunLogs.WriteNumber(json, "score", path.Score);
        json.WritePropertyName("reward");
        WriteRounded(json, path.Reward);
        json.WriteStartObject("terms");
        foreach ((string name, float value) in path.Terms)
        {
            json.WritePropertyName(name);
            WriteRounded(json, value);
        }

        json.WriteEndObject();
        json.WriteStartObject("counters");
        foreach ((string name, double value) in path.Counters)
        {
            RunLogs.WriteNumber(json, name, value);
        }

        json.WriteEndObject();
        json.WriteString("response", path.Response);
        json.WriteBoolean("foreign", path.IsForeign);
        json.WriteStartObject("columns");
        foreach ((string name, float[] values) in path.Columns)
        {
            json.WriteStartArray(name);
            foreach (float value in values)
            {
                WriteRounded(json, value);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Five significant digits are more than a reader sees, and half of what all of them would take.</summary>
    private static void WriteRounded(Utf8JsonWriter json, float value)
    {
        if (!float.IsFinite(value))
        {
            json.WriteNullValue();
            return;
        }

        Span<byte> text = stackalloc byte[LongestNumber];
        value.TryFormat(text, out int length, "G5", CultureInfo.InvariantCulture);
        json.WriteRawValue(text[..length], skipInputValidation: true);
    }
}
