using System.Text.Json;
using Proximal.Control.Spaces;
using Proximal.Tensors.Files;

namespace Proximal.Control.Data;

/// <summary>
/// Data sets as lines of JSON, one a transition:
/// <c>{"observation":[0.1,0.2],"action":[1],"reward":1,"next_observation":[0.2,0.1],"terminated":false,"truncated":false}</c>. A single number may stand
/// without brackets, and the two flags may be left out where they are false.
/// </summary>
public static class JsonLinesFormat
{
    private const int LongestLine = 1 << 24;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="observationSpace">Where observations come from.</param>
    /// <param name="actionSpace">Where actions come from.</param>
    /// <param name="information">Environment and source.</param>
    /// <exception cref="InvalidDataException">A line is not what it should be; the message names file, line and key.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OfflineDataset Import(string path, Space observationSpace, Space actionSpace, DatasetInformation? information = null)
    {
        ArgumentNullException.ThrowIfNull(observationSpace);
        ArgumentNullException.ThrowIfNull(actionSpace);
        DatasetBuilder builder = new(observationSpace, actionSpace, information);
        int number = 0;
        using StreamReader reader = new(path);
        while (reader.ReadLine() is { } line)
        {
            string place = $"{path}, line {++number}";
            if (line.Length > LongestLine)
            {
                throw new InvalidDataException($"{place}: {line.Length} characters, expected at most {LongestLine}.");
            }

            if (!string.IsNullOrWhiteSpace(line))
            {
                Add(builder, place, line);
            }
        }

        return DatasetText.Finish(builder, path);
    }

    /// <summary>Writes a file; it is replaced as a whole.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Export(OfflineDataset dataset, string path)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        AtomicFile.Write(path, stream =>
        {
            using Utf8JsonWriter writer = new(stream);
            for (int i = 0; i < dataset.Count; i++)
            {
                writer.WriteStartObject();
                WriteNumbers(writer, "observation", dataset.Observation(i));
                WriteNumbers(writer, "action", dataset.Action(i));
                writer.WriteNumber("reward", dataset.Rewards[i]);
                WriteNumbers(writer, "next_observation", dataset.NextObservation(i));
                writer.WriteBoolean("terminated", dataset.Terminated[i]);
                writer.WriteBoolean("truncated", dataset.Ends[i] && !dataset.Terminated[i]);
                writer.WriteEndObject();
                writer.Flush();
                stream.WriteByte((byte)'\n');
                writer.Reset(stream);
            }
        });
    }

    private static void Add(DatasetBuilder builder, string place, string line)
    {
        using JsonDocument document = Parse(place, line);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"{place}: {root.ValueKind}, expected an object.");
        }

        DatasetText.Add(
            builder,
            place,
            Numbers(root, "observation", place),
            Numbers(root, "action", place),
            Numbers(root, "reward", place)[0],
            Numbers(root, "next_observation", place),
            Flag(root, "terminated", place),
            Flag(root, "truncated", place));
    }

    private static JsonDocument Parse(string place, string line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{place}: no JSON at byte {exception.BytePositionInLine}.", exception);
        }
    }

    private static float[] Numbers(JsonElement root, string key, string place)
    {
        if (!root.TryGetProperty(key, out JsonElement value))
        {
            throw new InvalidDataException($"{place}: '{key}' is missing.");
        }

        return value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
            ? [.. value.EnumerateArray().Select(element => Number(element, key, place))]
            : [Number(value, key, place)];
    }

    private static float Number(JsonElement element, string key, string place) => element.ValueKind == JsonValueKind.Number && element.TryGetSingle(out float number)
        ? number
        : throw new InvalidDataException($"{place}: '{key}' holds {element.ValueKind}, expected numbers.");

    private static bool Flag(JsonElement root, string key, string place) => root.TryGetProperty(key, out JsonElement value) && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new InvalidDataException($"{place}: '{key}' is {value.ValueKind}, expected true or false."),
    };

    private static void WriteNumbers(Utf8JsonWriter writer, string key, ReadOnlySpan<float> values)
    {
        writer.WriteStartArray(key);
        foreach (float value in values)
        {
            writer.WriteNumberValue(value);
        }

        writer.WriteEndArray();
    }
}
