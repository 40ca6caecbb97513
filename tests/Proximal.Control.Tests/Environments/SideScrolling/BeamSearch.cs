using Proximal.Control.Environments;
using Proximal.Control.Environments.SideScrolling;

namespace Proximal.Control.Tests.Environments.SideScrolling;

/// <summary>Finds a way through a level with the true dynamics: in every step the furthest of all states that can be reached go on.</summary>
internal static class BeamSearch
{
    private const int Width = 48, Actions = 7;

    /// <summary>Steps of the way to the end; -1 where none was found.</summary>
    public static int Solve(PlatformerOptions options)
    {
        List<SingleEnvironment> states = [New(options)], spare = [];
        for (int step = 1; step <= 800 && states.Count > 0; step++)
        {
            Dictionary<(int, int, int, int), SingleEnvironment> next = [];
            foreach (SingleEnvironment state in states)
            {
                for (int action = 0; action < Actions; action++)
                {
                    SingleEnvironment candidate = spare.Count > 0 ? spare[^1] : New(options);
                    spare.Remove(candidate);
                    candidate.CopyStateFrom(state);
                    if (TryStep((Platformer)candidate, action, out bool won) && next.TryAdd(Key((Platformer)candidate), candidate))
                    {
                        if (won)
                        {
                            return step;
                        }
                    }
                    else
                    {
                        spare.Add(candidate);
                    }
                }
            }

            spare.AddRange(states);
            List<SingleEnvironment> ordered = [.. next.Values.OrderByDescending(state => ((Platformer)state).Position.X)];
            states = ordered[..Math.Min(Width, ordered.Count)];
            spare.AddRange(ordered[states.Count..]);
        }

        return -1;
    }

    private static bool TryStep(Platformer state, int action, out bool won)
    {
        Span<float> observation = stackalloc float[20], metrics = stackalloc float[2];
        bool over = state.Step([action], observation).Terminated;
        state.WriteMetrics(metrics);
        won = metrics[1] == 1;
        return won || !over;
    }

    private static (int, int, int, int) Key(Platformer state) =>
        ((int)(state.Position.X / 4), (int)(state.Position.Y / 4), (int)(state.Velocity.X * 4), (int)(state.Velocity.Y * 2));

    private static Platformer New(PlatformerOptions options)
    {
        Platformer environment = new(options);
        environment.Reset(1, new float[20]);
        return environment;
    }
}
