using System.Globalization;
using System.Text.Json;

namespace Proximal.Runs;

/// <summary>Reads a line of a file of recorded rollouts. Everything in it is checked, so that who gets a record can rely on its indices and lengths.</summary>
internal static class RolloutRecordParser
{
    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">The line is not a record; says what is wrong.</exception>
    public static RolloutRecord Parse(ReadOnlyMemory<byte> line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement root = Expect(document.RootElement, JsonValueKind.Object, "the line");
        int format = Count(root, "format");
        if (format != RolloutRecordWriter.Format)
        {
            throw new JsonException(FormattableString.Invariant($"format is {format}, expected {RolloutRecordWriter.Format}"));
        }

        List<RecordedSegment> segments = [];
        List<long> ends = [];
        foreach (JsonElement element in Member(root, "segments", JsonValueKind.Array).EnumerateArray())
        {
            RecordedSegment segment = ParseSegment(element, segments.Count);
            segments.Add(segment);
            ends.Add((segment.Parent < 0 ? 0 : ends[segment.Parent]) + segment.Tokens.Count);
        }

        List<RecordedPath> paths = [];
        foreach (JsonElement element in Member(root, "paths", JsonValueKind.Array).EnumerateArray())
        {
            paths.Add(ParsePath(element, FormattableString.Invariant($"paths[{paths.Count}]"), ends));
        }

        return new RolloutRecord
        {
            Step = Count(root, "step"),
            Group = Count(root, "group"),
            Prompt = Text(root, "prompt"),
            Expected = Text(root, "expected"),
            Family = Text(root, "family"),
            Difficulty = Whole(root, "difficulty"),
            Rollouts = Count(root, "rollouts"),
            Segments = segments,
            Paths = paths,
        };
    }

    private static RecordedSegment ParseSegment(JsonElement element, int index)
    {
        string place = FormattableString.Invariant($"segments[{index}]");
        Expect(element, JsonValueKind.Object, place);
        int parent = Whole(element, "parent");
        if (parent >= index || parent < -1 || (parent == -1) != (index == 0))
        {
            throw new JsonException(FormattableString.Invariant($"{place}.parent is {parent}, expected -1 for the first segment and an earlier one for the others"));
        }

        JsonElement ids = Member(element, "ids", JsonValueKind.Array), texts = Member(element, "texts", JsonValueKind.Array);
        int count = ids.GetArrayLength();
        if (texts.GetArrayLength() != count)
        {
            throw new JsonException(FormattableString.Invariant($"{place} has {count} ids and {texts.GetArrayLength()} texts, expected as many"));
        }

        return new RecordedSegment(
            parent,
            Text(element, "origin"),
            Text(element, "end"),
            [.. ids.EnumerateArray().Select(id => id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out int token) && token >= 0 ? token : throw new JsonException($"{place}.ids holds {Show(id)}, expected whole numbers from 0"))],
            [.. texts.EnumerateArray().Select(text => Expect(text, JsonValueKind.String, $"{place}.texts").GetString()!)]);
    }

    private static RecordedPath ParsePath(JsonElement element, string place, List<long> ends)
    {
        Expect(element, JsonValueKind.Object, place);
        int leaf = Count(element, "leaf");
        if (leaf >= ends.Count)
        {
            throw new JsonException(FormattableString.Invariant($"{place}.leaf is {leaf}, but there are {ends.Count} segments"));
        }

        Dictionary<string, float[]> columns = new(StringComparer.Ordinal);
        foreach (JsonProperty column in Member(element, "columns", JsonValueKind.Object).EnumerateObject())
        {
            string name = $"{place}.columns.{column.Name}";
            int length = Expect(column.Value, JsonValueKind.Array, name).GetArrayLength();
            if (length != ends[leaf])
            {
                throw new JsonException(FormattableString.Invariant($"{name} has {length} numbers, expected {ends[leaf]}: one for each token from root to leaf"));
            }

            columns[column.Name] = [.. column.Value.EnumerateArray().Select(value => (float)Number(value, name))];
        }

        return new RecordedPath
        {
            Leaf = leaf,
            End = Text(element, "end"),
            Correct = Flag(element, "correct"),
            Score = Number(Member(element, "score"), $"{place}.score"),
            Reward = (float)Number(Member(element, "reward"), $"{place}.reward"),
            Terms = Numbers(element, "terms", place, value => (float)value),
            Counters = Numbers(element, "counters", place, value => value),
            Response = Text(element, "response"),
            IsForeign = Flag(element, "foreign"),
            Columns = columns,
        };
    }

    private static Dictionary<string, T> Numbers<T>(JsonElement parent, string name, string place, Func<double, T> convert)
    {
        Dictionary<string, T> numbers = new(StringComparer.Ordinal);
        foreach (JsonProperty entry in Member(parent, name, JsonValueKind.Object).EnumerateObject())
        {
            numbers[entry.Name] = convert(Number(entry.Value, $"{place}.{name}"));
        }

        return numbers;
    }

    /// <summary>JSON has no infinities and no NaN: null stands for them. A number beyond the range of a double is infinite here.</summary>
    private static double Number(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Null => double.NaN,
        JsonValueKind.Number => double.Parse(element.GetRawText(), CultureInfo.InvariantCulture),
        _ => throw new JsonException($"{name} holds {Show(element)}, expected a number"),
    };

    private static int Whole(JsonElement parent, string name) =>
        Member(parent, name, JsonValueKind.Number).TryGetInt32(out int value) ? value : throw new JsonException($"{name} is {Show(Member(parent, name))}, expected a whole number");

    private static int Count(JsonElement parent, string name) =>
        Whole(parent, name) is >= 0 and int value ? value : throw new JsonException($"{name} is {Show(Member(parent, name))}, expected a whole number from 0");

    private static string Text(JsonElement parent, string name) => Member(parent, name, JsonValueKind.String).GetString()!;

    private static bool Flag(JsonElement parent, string name) => Member(parent, name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new JsonException($"{name} is {Show(Member(parent, name))}, expected true or false"),
    };

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement member) ? member : throw new JsonException($"{name} is missing");

    private static JsonElement Member(JsonElement parent, string name, JsonValueKind kind) => Expect(Member(parent, name), kind, name);

    private static JsonElement Expect(JsonElement element, JsonValueKind kind, string name) =>
        element.ValueKind == kind ? element : throw new JsonException($"{name} is {Show(element)}, expected {kind.ToString().ToLowerInvariant()}");

    private static string Show(JsonElement element) => element.ValueKind is JsonValueKind.Number ? element.GetRawText() : element.ValueKind.ToString().ToLowerInvariant();
}
