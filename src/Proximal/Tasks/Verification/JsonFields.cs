using System.Text.Json;

namespace Proximal.Tasks.Verification;

/// <summary>What can be said of a JSON object that a model wrote, also of a broken one.</summary>
public static class JsonFields
{
    /// <summary>Longer texts are not read.</summary>
    private const int MaximumCharacters = 1 << 16;

    /// <summary>More keys of a broken object are not looked for.</summary>
    private const int MaximumKeys = 256;

    /// <summary>Whether the text is one JSON object: no duplicate keys, nothing after it.</summary>
    public static bool IsValid(string text) => Read(text) is not null;

    /// <summary>The fields of a valid object as texts, strings without their quotes; null where the text is none.</summary>
    public static IReadOnlyDictionary<string, string>? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaximumCharacters || !StrictJson.TryParseObject(text, out JsonDocument? document, out _))
        {
            return null;
        }

        using (document)
        {
            return document.RootElement.EnumerateObject().ToDictionary(
                property => property.Name,
                property => property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText(),
                StringComparer.Ordinal);
        }
    }

    /// <summary>
    /// The keys of a text: the fields of a valid object; in a broken one everything in double quotes that a colon follows, each once, so that structure can be measured before validity is
    /// learned.
    /// </summary>
    public static IReadOnlyList<string> Keys(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Read(text) is { } fields)
        {
            return [.. fields.Keys];
        }

        List<string> keys = [];
        for (int open = text.IndexOf('"', StringComparison.Ordinal); open >= 0 && open < MaximumCharacters && keys.Count < MaximumKeys;)
        {
            int close = text.IndexOf('"', open + 1);
            if (close < 0)
            {
                break;
            }

            // A quote that no colon follows may as well open the next text: quotes get lost in broken objects.
            bool isKey = text.AsSpan(close + 1).TrimStart().StartsWith(":", StringComparison.Ordinal);
            string key = text[(open + 1)..close];
            if (isKey && !keys.Contains(key))
            {
                keys.Add(key);
            }

            open = isKey ? text.IndexOf('"', close + 1) : close;
        }

        return keys;
    }

    /// <summary>The share of the required keys that are there, less a penalty for each other key as a share of the required ones; not below 0.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="required">The required keys.</param>
    /// <param name="penalty">The penalty of a key that nobody asked for, 0.5 by default.</param>
    public static double Structure(string text, IReadOnlyCollection<string> required, double penalty = 0.5)
    {
        ArgumentNullException.ThrowIfNull(required);
        IReadOnlyList<string> keys = Keys(text);
        int found = keys.Count(required.Contains);
        return required.Count == 0 ? 1 : Math.Max(0, (found - (penalty * (keys.Count - found))) / required.Count);
    }

    /// <summary>The mean over the expected fields of the word overlap of their values (<see cref="TokenOverlap.F1"/>), a missing field counting 0; 0 where the text cannot be parsed.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="expected">The right values, strings without their quotes.</param>
    public static double Content(string text, IReadOnlyDictionary<string, string> expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        IReadOnlyDictionary<string, string>? fields = Read(text);
        return fields is null || expected.Count == 0 ? 0 : expected.Average(field => fields.TryGetValue(field.Key, out string? value) ? TokenOverlap.F1(value, field.Value) : 0);
    }
}
