using System.Globalization;
using System.Text.Json;
using Proximal.Tasks.Verification;
using Proximal.Tensors.Random;

namespace Proximal.Tasks.Families;

/// <summary>
/// A specification of d fields to write as a JSON object: prompt <c>n=7;dish=egg milk&gt;</c>, answer <c>{"n":7,"dish":"egg milk"}</c>. Texts have one word or several. Right is the same keys with
/// the same values in any order; the dense credit is the mean word overlap of the fields.
/// </summary>
public sealed class JsonObjectTask(JsonObjectOptions options) : ProceduralTask("json-gen", options, "0123456789abcdefghijklmnopqrstuvwxyz ,:;=>{}\"")
{
    private static readonly string[] Texts = ["dish", "step", "tool"];
    private static readonly string[] Numbers = ["n", "min"];
    private static readonly string[] Vocabulary = ["mix", "flour", "water", "salt", "egg", "milk", "pan", "pot", "bowl", "oven"];

    /// <inheritdoc/>
    private protected override ProceduralDraft Draw(SuiteRandom random)
    {
        string[] keys = [.. Texts, .. Numbers];
        random.Shuffle<string>(keys);
        (string Key, string Literal)[] fields = [.. keys.Take(Difficulty).Select(key => (key, Value(random, key)))];
        string prompt = string.Join(';', fields.Select(field => $"{field.Key}={field.Literal.Trim('"')}"));
        return new ProceduralDraft($"json-gen|{prompt}", prompt + ">", $"{{{string.Join(',', fields.Select(field => $"\"{field.Key}\":{field.Literal}"))}}}", [])
        {
            Metadata = new StructuredAnswerMetadata(fields.ToDictionary(field => field.Key, field => field.Literal, StringComparer.Ordinal)),
        };
    }

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        StructuredAnswerMetadata expected = MetadataOf<StructuredAnswerMetadata>(instance);
        if (!StrictJson.TryParseObject(answer, out JsonDocument? document, out string? error))
        {
            return Verdict.Unreadable(error);
        }

        using (document)
        {
            int right = document.RootElement.EnumerateObject().Count(property => expected.Values.TryGetValue(property.Name, out string? literal) && property.Value.GetRawText() == literal);
            bool correct = right == expected.Values.Count && document.RootElement.GetPropertyCount() == right;
            return Verdict.Of(correct, JsonFields.Content(answer, expected.Texts), answer);
        }
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance) => ["one object", "keys as listed", "numbers without quotes", "texts in quotes"];

    private string Value(SuiteRandom random, string key) => Numbers.Contains(key)
        ? random.Range(1, 99).ToString(CultureInfo.InvariantCulture)
        : $"\"{string.Join(' ', Enumerable.Range(0, random.Range(1, options.Words)).Select(_ => random.Pick<string>(Vocabulary)))}\"";
}
