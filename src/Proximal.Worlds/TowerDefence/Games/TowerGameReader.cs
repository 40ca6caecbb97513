using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Proximal.Worlds.TowerDefence.Games;

/// <summary>Reads games that <see cref="TowerGameWriter"/> wrote. Files are untrusted: their size, lines and numbers are bounded, and the game is played again.</summary>
public static class TowerGameReader
{
    /// <summary>Bytes of a file at most.</summary>
    public const int LargestFile = 8 << 20;

    private const int MostDecisions = 10_000;

    /// <summary>Reads a game from a file and plays it again.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TowerLevelException">The file is no game, or the game goes another way; the message names file and line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TowerGame ReadFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        long length = new FileInfo(path).Length;
        if (length > LargestFile)
        {
            throw new TowerLevelException($"{path}: {length} bytes, expected a game of at most {LargestFile}");
        }

        TowerGame game = Read(File.ReadAllText(path), path);
        try
        {
            game.Replay();
        }
        catch (TowerLevelException exception)
        {
            throw new TowerLevelException($"{path}: {exception.Message}", exception);
        }

        return game;
    }

    /// <summary>Reads a game.</summary>
    /// <param name="text">Its lines.</param>
    /// <param name="source">What errors name.</param>
    /// <exception cref="TowerLevelException">The text is no game.</exception>
    public static TowerGame Read(string text, string source)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] lines = text.TrimEnd('\n').Split('\n');
        if (lines.Length is < 2 or > MostDecisions + 2)
        {
            throw new TowerLevelException($"{source}: {lines.Length} lines, expected 2 to {MostDecisions + 2}");
        }

        int at = 0;
        try
        {
            (string agent, ulong seed, TowerLevel level) = Parse(lines[0], root =>
            {
                string format = root.GetProperty("format").GetString() ?? "";
                return format == TowerGameWriter.Format
                    ? (root.GetProperty("agent").GetString() ?? "", root.GetProperty("seed").GetUInt64(), Level(root.GetProperty("level").GetString() ?? ""))
                    : throw new TowerLevelException($"format: '{format[..Math.Min(format.Length, 40)]}', expected '{TowerGameWriter.Format}'");
            });
            List<TowerMove> moves = [];
            for (at = 1; at < lines.Length - 1; at++)
            {
                moves.Add(Parse(lines[at], Move));
            }

            return Parse(lines[at], root => new TowerGame(
                agent[..Math.Min(agent.Length, 200)],
                level,
                seed,
                moves,
                TowerNames.TryParse(root.GetProperty("outcome").GetString(), out TowerOutcome outcome) ? outcome : throw new TowerLevelException("outcome: unknown, expected won, lost or time-over"),
                root.GetProperty("lives").GetInt32(),
                root.GetProperty("money").GetInt32(),
                ulong.Parse(root.GetProperty("state").GetString() ?? "", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)));
        }
        catch (TowerLevelException exception)
        {
            throw new TowerLevelException($"{source}: line {at + 1}: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw new TowerLevelException($"{source}: line {at + 1}: not a line of a game, expected what `{TowerGameWriter.Format}` has there", exception);
        }
    }

    private static TowerLevel Level(string json) => TowerLevelReader.Read(Encoding.UTF8.GetBytes(json), "level");

    private static TowerMove Move(JsonElement root)
    {
        int type = root.GetProperty("type").GetInt32(), error = root.GetProperty("error").GetInt32();
        return type is >= 0 and < TowerAction.Types && error is >= 0 and <= (int)TowerError.OutOfMap
            ? new TowerMove(
                new TowerAction((TowerActionType)type, root.GetProperty("x").GetDouble(), root.GetProperty("y").GetDouble()),
                (TowerError)error,
                root.GetProperty("malformed").GetBoolean(),
                root.GetProperty("choices").GetInt32(),
                root.GetProperty("choice").GetInt32(),
                root.GetProperty("reward").GetDouble())
            : throw new TowerLevelException($"type {type} with error {error}, expected 0 to {TowerAction.Types - 1} with 0 to {(int)TowerError.OutOfMap}");
    }

    private static T Parse<T>(string line, Func<JsonElement, T> read)
    {
        using JsonDocument document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 4 });
        return read(document.RootElement);
    }
}
