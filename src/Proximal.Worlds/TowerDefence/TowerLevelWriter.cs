using System.Text;
using System.Text.Json;

namespace Proximal.Worlds.TowerDefence;

/// <summary>Levels as JSON, see <see cref="TowerLevelReader"/>. Only rules that differ from the usual ones are written.</summary>
public static class TowerLevelWriter
{
    /// <summary>What the key <c>format</c> says.</summary>
    public const string Format = "proximal-tower-level-1";

    /// <summary>The level as the text of a file.</summary>
    /// <param name="level">The level.</param>
    public static string ToJson(TowerLevel level)
    {
        ArgumentNullException.ThrowIfNull(level);
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            Write(writer, level);
        }

        return Compact(Encoding.UTF8.GetString(stream.ToArray())) + "\n";
    }

    private static void Write(Utf8JsonWriter writer, TowerLevel level)
    {
        writer.WriteStartObject();
        writer.WriteString("format", Format);
        writer.WriteString("name", level.Name);
        writer.WriteNumber("money", level.Money);
        writer.WriteNumber("lives", level.Lives);
        writer.WriteNumber("hit-point-multiplier", level.HitPointMultiplier);
        writer.WritePropertyName("hero");
        Write(writer, level.Hero);
        writer.WriteStartArray("paths");
        foreach (IReadOnlyList<MapPoint> path in level.Paths)
        {
            Write(writer, path);
        }

        writer.WriteEndArray();
        writer.WritePropertyName("points");
        Write(writer, level.Points);
        writer.WriteStartArray("waves");
        foreach (TowerWave wave in level.Waves)
        {
            Write(writer, wave);
        }

        writer.WriteEndArray();
        WriteRules(writer, level.Rules);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, TowerWave wave)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("enemies");
        foreach (EnemyGroup group in wave.Groups)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", TowerNames.Of(group.Kind));
            writer.WriteNumber("count", group.Count);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("gap", wave.Gap);
        writer.WriteEndObject();
    }

    private static void WriteRules(Utf8JsonWriter writer, TowerRules rules)
    {
        TowerRules usual = new();
        TowerRuleKey[] changed = [.. TowerRuleKey.All.Where(key => key.Get(rules) != key.Get(usual))];
        if (changed.Length == 0)
        {
            return;
        }

        writer.WriteStartObject("rules");
        foreach (TowerRuleKey key in changed)
        {
            writer.WriteNumber(key.Name, key.Get(rules));
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<MapPoint> points)
    {
        writer.WriteStartArray();
        foreach (MapPoint point in points)
        {
            Write(writer, point);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, MapPoint point)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(point.X);
        writer.WriteNumberValue(point.Y);
        writer.WriteEndArray();
    }

    /// <summary>Puts arrays and objects without others in them on one line each, for people who edit the file.</summary>
    private static string Compact(string json)
    {
        StringBuilder text = new(json.Length);
        string[] lines = json.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            int end = i;
            if (line.EndsWith('[') || line.EndsWith('{'))
            {
                do
                {
                    end++;
                }
                while (end < lines.Length && !lines[end].EndsWith('[') && !lines[end].EndsWith('{') && lines[end].TrimStart()[0] is not (']' or '}'));

                bool flat = end < lines.Length && lines[end].TrimStart()[0] is ']' or '}' && end - i <= 3;
                line = flat ? line + string.Join(" ", lines[(i + 1)..end].Select(inner => inner.Trim())) + lines[end].Trim() : line;
                end = flat ? end : i;
            }

            text.Append(text.Length == 0 ? "" : "\n").Append(line);
            i = end;
        }

        return text.ToString();
    }
}
