using System.Globalization;
using System.Text.Json;

namespace Proximal.Worlds.TowerDefence;

/// <summary>
/// Reads levels from JSON: <c>format</c>, <c>name</c>, <c>money</c>, <c>lives</c>, <c>hit-point-multiplier</c>, <c>hero</c> [x, y], <c>paths</c> (lists of corners
/// [x, y], all ending at the base), <c>points</c>, <c>waves</c> (<c>enemies</c> with <c>kind</c> and <c>count</c>, <c>gap</c> in seconds) and, where they differ from
/// the usual ones, <c>rules</c>. Files are untrusted: their size, depth and every number are bounded, and unknown keys are refused.
/// </summary>
public static class TowerLevelReader
{
    /// <summary>Bytes of a file at most.</summary>
    public const int LargestFile = 1 << 16;

    private static readonly string[] Keys = ["format", "name", "money", "lives", "hit-point-multiplier", "hero", "paths", "points", "waves", "rules"];
    private static readonly string[] WaveKeys = ["enemies", "gap"];
    private static readonly string[] GroupKeys = ["kind", "count"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TowerLevelException">The file is no level; the message names file, key, value and what was expected.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TowerLevel ReadFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using FileStream stream = File.OpenRead(path);
        byte[] bytes = new byte[LargestFile + 1];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length > LargestFile
            ? throw new TowerLevelException($"{path}: more than {LargestFile} bytes, expected a level of at most that size")
            : Read(bytes.AsMemory(0, length), path);
    }

    /// <summary>Reads a level.</summary>
    /// <param name="json">The text in UTF-8.</param>
    /// <param name="source">What errors name.</param>
    /// <exception cref="TowerLevelException">The text is no level; the message names source, key, value and what was expected.</exception>
    public static TowerLevel Read(ReadOnlyMemory<byte> json, string source)
    {
        if (json.Length > LargestFile)
        {
            throw new TowerLevelException($"{source}: {json.Length} bytes, expected at most {LargestFile}");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8, CommentHandling = JsonCommentHandling.Skip });
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new TowerLevelException($"{source}: line {exception.LineNumber + 1}: not JSON of at most 8 levels, expected a level", exception);
        }
        catch (TowerLevelException exception)
        {
            throw new TowerLevelException($"{source}: {exception.Message}", exception);
        }
    }

    private static TowerLevel Read(JsonElement root)
    {
        CheckKeys("", root, Keys);
        string format = Text("format", Required(root, "", "format"));
        if (format != TowerLevelWriter.Format)
        {
            throw new TowerLevelException($"format: '{format}', expected '{TowerLevelWriter.Format}'");
        }

        return new TowerLevel(
            Text("name", Required(root, "", "name")),
            Integer("money", Required(root, "", "money")),
            Integer("lives", Required(root, "", "lives")),
            Number("hit-point-multiplier", Required(root, "", "hit-point-multiplier")),
            Point("hero", Required(root, "", "hero")),
            List("paths", Required(root, "", "paths"), TowerLevel.MostPaths, (key, path) => List(key, path, TowerLevel.MostCorners, Point)),
            List("points", Required(root, "", "points"), TowerLevel.MostPoints, Point),
            List("waves", Required(root, "", "waves"), TowerLevel.MostWaves, Wave),
            root.TryGetProperty("rules", out JsonElement rules) ? Rules(rules) : null);
    }

    private static TowerWave Wave(string key, JsonElement element)
    {
        CheckKeys(key, element, WaveKeys);
        return new TowerWave(
            List($"{key}.enemies", Required(element, key, "enemies"), TowerLevel.MostEnemies, Group), Number($"{key}.gap", Required(element, key, "gap")));
    }

    private static EnemyGroup Group(string key, JsonElement element)
    {
        CheckKeys(key, element, GroupKeys);
        string kind = Text($"{key}.kind", Required(element, key, "kind"));
        return TowerNames.TryParse(kind, out EnemyKind parsed)
            ? new EnemyGroup(parsed, Integer($"{key}.count", Required(element, key, "count")))
            : throw new TowerLevelException($"{key}.kind: '{kind}', expected {string.Join(", ", Enum.GetValues<EnemyKind>().Select(TowerNames.Of))}");
    }

    private static TowerRules Rules(JsonElement element)
    {
        CheckKeys("rules", element, [.. TowerRuleKey.All.Select(key => key.Name)]);
        TowerRules rules = new();
        foreach (TowerRuleKey key in TowerRuleKey.All)
        {
            if (!element.TryGetProperty(key.Name, out JsonElement value))
            {
                continue;
            }

            double number = key.Whole ? Integer($"rules.{key.Name}", value) : Number($"rules.{key.Name}", value);
            rules = number >= key.Low && number <= key.High
                ? key.With(rules, number)
                : throw new TowerLevelException(string.Create(CultureInfo.InvariantCulture, $"rules.{key.Name}: {number}, expected {key.Low} to {key.High}"));
        }

        return rules;
    }

    private static List<T> List<T>(string key, JsonElement element, int most, Func<string, JsonElement, T> read)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() > most)
        {
            throw new TowerLevelException($"{key}: {Excerpt(element)}, expected a list of at most {most}");
        }

        List<T> items = [];
        foreach (JsonElement item in element.EnumerateArray())
        {
            items.Add(read($"{key}[{items.Count}]", item));
        }

        return items;
    }

    private static MapPoint Point(string key, JsonElement element) => element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 2
        ? new MapPoint(Number($"{key}.x", element[0]), Number($"{key}.y", element[1]))
        : throw new TowerLevelException($"{key}: {Excerpt(element)}, expected [x, y]");

    private static JsonElement Required(JsonElement element, string parent, string key) => element.TryGetProperty(key, out JsonElement value)
        ? value
        : throw new TowerLevelException($"{Join(parent, key)}: missing, expected a value");

    private static string Text(string key, JsonElement element) => element.ValueKind == JsonValueKind.String
        ? element.GetString()!
        : throw new TowerLevelException($"{key}: {Excerpt(element)}, expected a text");

    private static int Integer(string key, JsonElement element) => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int value)
        ? value
        : throw new TowerLevelException($"{key}: {Excerpt(element)}, expected a whole number");

    private static double Number(string key, JsonElement element) => element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value)
        ? value
        : throw new TowerLevelException($"{key}: {Excerpt(element)}, expected a number");

    private static void CheckKeys(string parent, JsonElement element, string[] known)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new TowerLevelException($"{(parent.Length == 0 ? "level" : parent)}: {Excerpt(element)}, expected an object");
        }

        HashSet<string> seen = [];
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!known.Contains(property.Name) || !seen.Add(property.Name))
            {
                string name = property.Name[..Math.Min(property.Name.Length, 40)];
                throw new TowerLevelException($"{Join(parent, name)}: {(seen.Contains(property.Name) ? "given twice" : "unknown key")}, expected each of {string.Join(", ", known)} at most once");
            }
        }
    }

    private static string Join(string parent, string key) => parent.Length == 0 ? key : $"{parent}.{key}";

    private static string Excerpt(JsonElement element)
    {
        string text = element.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? $"a JSON {element.ValueKind}" : element.GetRawText();
        return text.Length <= 40 ? text : text[..40] + "...";
    }
}
