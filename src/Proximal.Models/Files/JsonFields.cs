using System.Globalization;
using System.Text.Json;

namespace Proximal.Models.Files;

/// <summary>The fields of a JSON object, read with bounds; a fault names the file, the key, the value and what was expected.</summary>
internal readonly struct JsonFields(string file, JsonElement element, string prefix = "")
{
    /// <summary>Whether a key is there and not null.</summary>
    public bool Has(string key) => Find(key) is not null;

    public string Text(string key) => Find(key) is { } value ? Text(key, value) : throw Missing(key);

    public string? TextOrNull(string key) => Find(key) is { } value ? Text(key, value) : null;

    public bool Flag(string key, bool absent) => Find(key) switch
    {
        null => absent,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => throw Fault(key, value, "true or false"),
    };

    public int Integer(string key, int least, int most) => IntegerOrNull(key, least, most) ?? throw Missing(key);

    public int? IntegerOrNull(string key, int least, int most) => Find(key) is { } value ? Integer(key, value, least, most) : null;

    public double? NumberOrNull(string key, double least, double most)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= least && number <= most
            ? number
            : throw Fault(key, value, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
    }

    /// <summary>One integer or a list of them; empty where the key is absent.</summary>
    public int[] Integers(string key, int least, int most, int mostEntries)
    {
        if (Find(key) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return [Integer(key, value, least, most)];
        }

        if (value.GetArrayLength() > mostEntries)
        {
            throw Fault(key, value, $"at most {mostEntries} integers");
        }

        List<int> numbers = [];
        foreach (JsonElement entry in value.EnumerateArray())
        {
            numbers.Add(Integer(key, entry, least, most));
        }

        return [.. numbers];
    }

    public JsonElement? Find(string key) =>
        element.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The fields of an object inside; null where the key is absent.</summary>
    public JsonFields? ObjectOrNull(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => new JsonFields(file, value, prefix + key + "."),
        { } value => throw Fault(key, value, "an object"),
    };

    public JsonElement? ListOrNull(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } value => value,
        { } value => throw Fault(key, value, "a list"),
    };

    public ModelFormatException Fault(string key, JsonElement value, string expected) => Fault(key, value.GetRawText(), expected);

    public ModelFormatException Fault(string key, string value, string expected) =>
        new(file, $"{prefix}{key} {ModelFormatException.Quote(value)}, expected {expected}.");

    public ModelFormatException Missing(string key) => new(file, $"{prefix}{key} is missing.");

    private string Text(string key, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            try
            {
                return value.GetString()!;
            }
            catch (InvalidOperationException)
            {
                // A lone surrogate in an escape: a string in JSON's grammar, but not text.
            }
        }

        throw Fault(key, value, "a string");
    }

    private int Integer(string key, JsonElement value, int least, int most) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= least && number <= most
            ? number
            : throw Fault(key, value, $"an integer from {least} to {most}");
}
