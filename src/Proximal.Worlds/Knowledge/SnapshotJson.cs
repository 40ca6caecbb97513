using System.Globalization;
using System.Text.Json;

namespace Proximal.Worlds.Knowledge;

/// <summary>What snapshots of episodes have in common: the turns, and the hash of the state that they lead to. A snapshot is read by playing them again.</summary>
internal static class SnapshotJson
{
    private const int MostTokens = 4096;

    public static void Write<TAction>(Utf8JsonWriter json, IReadOnlyList<TAction> actions, Action<TAction> write, ulong hash)
    {
        json.WriteStartObject();
        json.WriteStartArray("turns");
        foreach (TAction action in actions)
        {
            json.WriteStartObject();
            write(action);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("state", hash.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    /// <summary>Writes tokens as text; nothing for null.</summary>
    public static void WriteTokens(Utf8JsonWriter json, string key, int[]? tokens)
    {
        if (tokens is not null)
        {
            json.WriteString(key, KnowledgeVocabulary.Write(tokens));
        }
    }

    /// <summary>Plays the turns of a snapshot.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="most">The most turns.</param>
    /// <param name="play">Takes a turn; false where the episode is over.</param>
    /// <param name="hash">The hash of the state.</param>
    /// <exception cref="InvalidDataException">The snapshot cannot be read, or leads to another state.</exception>
    public static void Play(JsonElement snapshot, int most, Func<JsonElement, bool> play, Func<ulong> hash)
    {
        if (snapshot.ValueKind != JsonValueKind.Object || !snapshot.TryGetProperty("turns", out JsonElement turns) || turns.ValueKind != JsonValueKind.Array)
        {
            throw new InvalidDataException("'turns' of a snapshot is missing, expected a list.");
        }

        if (turns.GetArrayLength() > most)
        {
            throw new InvalidDataException(FormattableString.Invariant($"'turns' of a snapshot has {turns.GetArrayLength()} items, expected at most {most}."));
        }

        foreach (JsonElement turn in turns.EnumerateArray())
        {
            if (turn.ValueKind != JsonValueKind.Object)
            {
                throw new InvalidDataException($"'turns' of a snapshot has {turn.ValueKind}, expected objects.");
            }

            if (!play(turn))
            {
                throw new InvalidDataException("'turns' of a snapshot go on after the end of the episode.");
            }
        }

        string expected = hash().ToString("x16", CultureInfo.InvariantCulture);
        if (!snapshot.TryGetProperty("state", out JsonElement state) || state.ValueKind != JsonValueKind.String || state.GetString() != expected)
        {
            throw new InvalidDataException($"'state' of a snapshot is not {expected}, to which its turns lead: it is of another problem.");
        }
    }

    /// <summary>Reads tokens from text; null where the key is missing.</summary>
    /// <exception cref="InvalidDataException">It is no text, or not of the vocabulary.</exception>
    public static int[]? ReadTokens(JsonElement turn, string key)
    {
        if (!turn.TryGetProperty(key, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String && KnowledgeVocabulary.Read(value.GetString()) is { Length: <= MostTokens } tokens
            ? tokens
            : throw new InvalidDataException($"'{key}' of a turn of a snapshot is {value.ValueKind}, expected words of the world.");
    }
}
