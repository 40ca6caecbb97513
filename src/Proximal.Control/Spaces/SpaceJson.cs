using System.Globalization;
using System.Text.Json;
using Proximal.Models.Files;
using Proximal.Tensors;

namespace Proximal.Control.Spaces;

/// <summary>Spaces in JSON.</summary>
internal static class SpaceJson
{
    private const int LargestWidth = 1 << 20;
    private const string LowerInfinity = "-inf";
    private const string UpperInfinity = "inf";

    public static void Write(Utf8JsonWriter writer, Space space)
    {
        writer.WriteStartObject();
        switch (space)
        {
            case DiscreteSpace discrete:
                writer.WriteString("type", "discrete");
                writer.WriteNumber("count", discrete.Count);
                break;
            case MultiDiscreteSpace multiDiscrete:
                writer.WriteString("type", "multi-discrete");
                writer.WriteStartArray("counts");
                foreach (int count in multiDiscrete.Counts)
                {
                    writer.WriteNumberValue(count);
                }

                writer.WriteEndArray();
                break;
            case BoxSpace box:
                writer.WriteString("type", "box");
                writer.WriteStartArray("shape");
                for (int axis = 0; axis < box.Shape.Rank; axis++)
                {
                    writer.WriteNumberValue(box.Shape[axis]);
                }

                writer.WriteEndArray();
                WriteBounds(writer, "low", box.Low);
                WriteBounds(writer, "high", box.High);
                break;
            case DictionarySpace dictionary:
                writer.WriteString("type", "dictionary");
                writer.WriteStartArray("names");
                foreach ((string name, _) in dictionary.Parts)
                {
                    writer.WriteStringValue(name);
                }

                writer.WriteEndArray();
                writer.WriteStartObject("parts");
                foreach ((string name, Space part) in dictionary.Parts)
                {
                    writer.WritePropertyName(name);
                    Write(writer, part);
                }

                writer.WriteEndObject();
                break;
            default:
                throw new NotSupportedException($"The space {space} of type {space.GetType().Name} cannot be written.");
        }

        writer.WriteEndObject();
    }

    public static Space Read(JsonFields fields, string key)
    {
        JsonFields space = fields.ObjectOrNull(key) ?? throw fields.Missing(key);
        switch (space.Text("type"))
        {
            case "discrete":
                return new DiscreteSpace(space.Integer("count", 1, 1 << 24));
            case "multi-discrete":
                int[] counts = space.Integers("counts", 1, 1 << 24, 1024);
                return counts.Length > 0 ? new MultiDiscreteSpace(counts) : throw space.Missing("counts");
            case "box":
                return ReadBox(space);
            case "dictionary":
                return new DictionarySpace(ReadParts(space));
            default:
                throw space.Fault("type", space.Text("type"), "discrete, multi-discrete, box or dictionary");
        }
    }

    private static BoxSpace ReadBox(JsonFields space)
    {
        int[] sizes = space.Integers("shape", 1, LargestWidth, Shape.MaximumRank);
        long width = sizes.Aggregate(1L, (product, size) => Math.Min(product * size, int.MaxValue));
        float[] low = ReadBounds(space, "low", width), high = ReadBounds(space, "high", width);
        for (int i = 0; i < low.Length; i++)
        {
            if (!(low[i] < high[i]))
            {
                throw space.Fault($"low[{i}]", low[i].ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"less than the upper bound {high[i]}"));
            }
        }

        return new BoxSpace(new Shape(sizes), low, high);
    }

    private static float[] ReadBounds(JsonFields space, string key, long width)
    {
        JsonElement list = space.ListOrNull(key) ?? throw space.Missing(key);
        if (list.GetArrayLength() != width || width > LargestWidth)
        {
            throw space.Fault(key, $"a list of {list.GetArrayLength()}", $"the {width} numbers of the shape, at most {LargestWidth}");
        }

        float[] bounds = new float[width];
        for (int i = 0; i < bounds.Length; i++)
        {
            bounds[i] = list[i] switch
            {
                { ValueKind: JsonValueKind.Number } number when number.TryGetSingle(out float value) && float.IsFinite(value) => value,
                { ValueKind: JsonValueKind.String } text when text.ValueEquals(LowerInfinity) => float.NegativeInfinity,
                { ValueKind: JsonValueKind.String } text when text.ValueEquals(UpperInfinity) => float.PositiveInfinity,
                { } other => throw space.Fault($"{key}[{i}]", other, $"a number, {LowerInfinity} or {UpperInfinity}"),
            };
        }

        return bounds;
    }

    private static (string Name, Space Space)[] ReadParts(JsonFields space)
    {
        string[] names = space.ListOrNull("names") is { } list && list.GetArrayLength() is > 0 and <= 256
            ? [.. list.EnumerateArray().Select(name => name.ValueKind == JsonValueKind.String ? name.GetString()! : throw space.Fault("names", name, "texts"))]
            : throw space.Missing("names");
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Length)
        {
            throw space.Fault("names", string.Join(", ", names), "names that differ");
        }

        JsonFields parts = space.ObjectOrNull("parts") ?? throw space.Missing("parts");
        return [.. names.Select(name => (name, Read(parts, name)))];
    }

    private static void WriteBounds(Utf8JsonWriter writer, string name, ReadOnlySpan<float> bounds)
    {
        writer.WriteStartArray(name);
        foreach (float bound in bounds)
        {
            if (float.IsFinite(bound))
            {
                writer.WriteNumberValue(bound);
            }
            else
            {
                writer.WriteStringValue(bound < 0 ? LowerInfinity : UpperInfinity);
            }
        }

        writer.WriteEndArray();
    }
}
