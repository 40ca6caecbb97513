using System.Text;
using System.Text.Json;

namespace Proximal.Worlds.TowerDefence.Games;

/// <summary>Games as JSON lines: a head with agent, seed and level, a line for each decision, an end with outcome and hash.</summary>
public static class TowerGameWriter
{
    /// <summary>What the key <c>format</c> of the first line says.</summary>
    public const string Format = "proximal-tower-game-1";

    /// <summary>Writes a game to a file, which is replaced.</summary>
    /// <param name="game">The game.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteFile(TowerGame game, string path) => Tensors.Files.AtomicFile.WriteBytes(path, Encoding.UTF8.GetBytes(ToText(game)));

    /// <summary>The lines of a game.</summary>
    /// <param name="game">The game.</param>
    public static string ToText(TowerGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        StringBuilder text = new();
        text.Append(Line(writer =>
        {
            writer.WriteString("format", Format);
            writer.WriteString("agent", game.Agent);
            writer.WriteNumber("seed", game.Seed);
            writer.WriteString("level", TowerLevelWriter.ToJson(game.Level));
        }));
        foreach (TowerMove move in game.Moves)
        {
            text.Append(Line(writer =>
            {
                writer.WriteNumber("type", (int)move.Action.Type);
                Number(writer, "x", move.Action.X);
                Number(writer, "y", move.Action.Y);
                writer.WriteNumber("error", (int)move.Error);
                writer.WriteBoolean("malformed", move.Malformed);
                writer.WriteNumber("choices", move.Choices);
                writer.WriteNumber("choice", move.Choice);
                writer.WriteNumber("reward", move.Reward);
            }));
        }

        return text.Append(Line(writer =>
        {
            writer.WriteString("outcome", TowerNames.Of(game.Outcome));
            writer.WriteNumber("lives", game.Lives);
            writer.WriteNumber("money", game.Money);
            writer.WriteString("state", game.StateHash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture));
        })).ToString();
    }

    // A place that is no number was off the map; any place off the map tells the same.
    private static void Number(Utf8JsonWriter writer, string name, double value) => writer.WriteNumber(name, double.IsFinite(value) ? value : 1e9);

    private static string Line(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
