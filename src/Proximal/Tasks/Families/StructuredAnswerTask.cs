using System.Globalization;
using System.Text.Json;
using Proximal.Tensors.Random;

namespace Proximal.Tasks.Families;

/// <summary>
/// A JSON object to fill from sentences. The score is 0.2 for parsing, 0.3 for exactly the right keys and types, and 0.5 times the share of right values; the order of keys is free.
/// </summary>
public sealed class StructuredAnswerTask(ProceduralOptions options)
    : ProceduralTask("json", options, "0123456789abcdefghijklmnopqrstuvwxyz .:,{}\"=")
{
    private static readonly string[] Fields = ["name", "age", "city", "count", "item", "price", "ok"];

    /// <inheritdoc/>
    private protected override ProceduralDraft? Draw(SuiteRandom random)
    {
        int[] order = [.. Enumerable.Range(0, Fields.Length)];
        random.Shuffle<int>(order);
        int[] fields = [.. order.Take(Math.Min(Fields.Length, Difficulty + 1)).Order()];
        Dictionary<int, string> values = [];
        foreach (int field in fields)
        {
            values[field] = DrawValue(random, field);
        }

        int[] told = [.. fields];
        random.Shuffle<int>(told);
        string text = string.Join(' ', told.Select(field => Tell(field, values[field])));
        string prompt = $"{text} json: {string.Join(',', fields.Select(field => Fields[field]))}";
        string answer = $"{{{string.Join(',', fields.Select(field => $"\"{Fields[field]}\":{Literal(field, values[field])}"))}}}";
        return new ProceduralDraft($"json|{prompt}", prompt, answer, [.. fields.Select(field => $"{Fields[field]}={values[field]}")])
        {
            Metadata = new StructuredAnswerMetadata(fields.ToDictionary(field => Fields[field], field => Literal(field, values[field]), StringComparer.Ordinal)),
        };
    }

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        IReadOnlyDictionary<string, string> expected = MetadataOf<StructuredAnswerMetadata>(instance).Values;
        if (!StrictJson.TryParseObject(answer, out JsonDocument? document, out string? error))
        {
            return Verdict.Unreadable(error);
        }

        using (document)
        {
            int right = 0;
            bool schema = document.RootElement.GetPropertyCount() == expected.Count;
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                bool known = expected.TryGetValue(property.Name, out string? value);
                schema &= known && Kind(Text(property.Value)) == Kind(value!) && Kind(value!) != ValueKind.Other;
                right += known && Text(property.Value) == value ? 1 : 0;
            }

            double share = right / (double)expected.Count;
            return Verdict.Of(schema && right == expected.Count, share, answer) with { Score = 0.2 + (schema ? 0.3 : 0) + (0.5 * share) };
        }
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance) => ["one object", "keys as listed", "numbers without quotes", "ok is true or false"];

    private static string DrawValue(SuiteRandom random, int field) => field switch
    {
        0 => random.Pick<string>(["tom", "ana", "leo", "mia"]),
        1 => Number(random.Range(5, 80)),
        2 => random.Pick<string>(["rome", "oslo", "lima", "cairo"]),
        3 => Number(random.Range(1, 9)),
        4 => random.Pick<string>(["pen", "cup", "hat", "bag"]),
        5 => Number(random.Range(1, 99)),
        _ => random.Int(2) == 1 ? "true" : "false",
    };

    private static string Tell(int field, string value) => field switch
    {
        0 => $"the name is {value}.",
        1 => $"the age is {value}.",
        2 => $"the city is {value}.",
        3 => $"there are {value} of them.",
        4 => $"the item is a {value}.",
        5 => $"it costs {value}.",
        _ => $"it is {(value == "true" ? "valid" : "void")}.",
    };

    private static string Literal(int field, string value) => field is 0 or 2 or 4 ? $"\"{value}\"" : value;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? $"\"{element.GetString()}\"" : element.GetRawText();

    private static ValueKind Kind(string literal) =>
        literal[0] == '"' ? ValueKind.Text
        : literal is "true" or "false" ? ValueKind.Flag
        : AnswerText.TryInteger(literal, canonical: true, out _) ? ValueKind.Integer
        : ValueKind.Other;

    private enum ValueKind
    {
        Other,
        Text,
        Flag,
        Integer,
    }
}
