using System.Text.Json;

namespace Proximal.Worlds.Knowledge;

/// <summary>Episodes of search agents as JSON: <c>{"turns": [{"search": " Kar-dor born_in"}, ...], "state": "..."}</c>.</summary>
public static class SearchSnapshot
{
    private static readonly (string Key, SearchActionKind Kind)[] Kinds = [.. Enum.GetValues<SearchActionKind>().Select(kind => (kind.ToString().ToLowerInvariant(), kind))];

    /// <summary>Writes an episode as it stands.</summary>
    public static void Write(Utf8JsonWriter json, SearchSession session)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(session);
        SnapshotJson.Write(json, session.Actions, action => SnapshotJson.WriteTokens(json, Kinds[(int)action.Kind].Key, action.Tokens), session.StateHash);
    }

    /// <summary>Reads an episode by playing its turns again.</summary>
    /// <param name="snapshot">What <see cref="Write"/> wrote.</param>
    /// <param name="world">The world.</param>
    /// <param name="question">The question.</param>
    /// <param name="rules">What is allowed.</param>
    /// <exception cref="InvalidDataException">It cannot be read, or is of another problem.</exception>
    public static SearchSession Read(JsonElement snapshot, SearchWorld world, Question question, SearchRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        SearchSession session = new(world, question, rules);
        SnapshotJson.Play(snapshot, rules.Turns, turn => Take(session, Action(turn)), () => session.StateHash);
        return session;
    }

    private static bool Take(SearchSession session, SearchAction action)
    {
        if (session.IsOver)
        {
            return false;
        }

        session.Step(action);
        return true;
    }

    private static SearchAction Action(JsonElement turn)
    {
        foreach ((string key, SearchActionKind kind) in Kinds)
        {
            if (SnapshotJson.ReadTokens(turn, key) is { } tokens)
            {
                return new SearchAction(kind, tokens);
            }
        }

        throw new InvalidDataException($"a turn of a snapshot has no key of {string.Join(", ", Kinds.Select(kind => kind.Key))}.");
    }
}
