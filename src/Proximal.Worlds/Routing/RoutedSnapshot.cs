using System.Text.Json;
using Proximal.Worlds.Knowledge;

namespace Proximal.Worlds.Routing;

/// <summary>Episodes of routing agents as JSON: <c>{"turns": [{"sub": " born_in of Kar-dor", "ret": " text"}, ...], "state": "..."}</c>.</summary>
public static class RoutedSnapshot
{
    /// <summary>Writes an episode as it stands.</summary>
    public static void Write(Utf8JsonWriter json, RoutedSession session)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(session);
        SnapshotJson.Write(
            json,
            session.Actions,
            action =>
            {
                SnapshotJson.WriteTokens(json, "sub", action.SubQuestion);
                SnapshotJson.WriteTokens(json, "ret", action.Named);
                SnapshotJson.WriteTokens(json, "answer", action.Answer);
            },
            session.StateHash);
    }

    /// <summary>Reads an episode by playing its turns again.</summary>
    /// <param name="snapshot">What <see cref="Write"/> wrote.</param>
    /// <param name="world">The world.</param>
    /// <param name="question">The question.</param>
    /// <param name="retrievals">The most turns that ask.</param>
    /// <param name="seed">What faults of knowledge bases are drawn from.</param>
    /// <exception cref="InvalidDataException">It cannot be read, or is of another problem.</exception>
    public static RoutedSession Read(JsonElement snapshot, RoutedWorld world, RoutedQuestion question, int retrievals, ulong seed)
    {
        RoutedSession session = new(world, question, retrievals, seed);
        SnapshotJson.Play(
            snapshot,
            retrievals + 1,
            turn => Take(session, new RoutedAction(SnapshotJson.ReadTokens(turn, "sub"), SnapshotJson.ReadTokens(turn, "ret"), SnapshotJson.ReadTokens(turn, "answer"))),
            () => session.StateHash);
        return session;
    }

    private static bool Take(RoutedSession session, RoutedAction action)
    {
        if (session.IsOver)
        {
            return false;
        }

        session.Step(action);
        return true;
    }
}
