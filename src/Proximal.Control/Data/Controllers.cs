using Proximal.Control.Environments;
using Proximal.Control.Environments.Navigation;
using Proximal.Control.Policies;
using Proximal.Control.Spaces;

namespace Proximal.Control.Data;

/// <summary>Those who act while data is collected or an episode is recorded.</summary>
public static class Controllers
{
    // Keeps the numbers apart from those of the environment with the same seed.
    private const ulong Salt = 0xAC7_0F_C4A2CE;

    /// <summary>Uniform actions, only legal ones where there are masks.</summary>
    /// <param name="specification">The environment's.</param>
    /// <param name="seed">Seed of the actions.</param>
    public static Controller Random(EnvironmentSpecification specification, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(specification);
        EpisodeRandom random = new(seed ^ Salt);
        return (batch, actions) =>
        {
            int width = specification.Actions.Width;
            for (int copy = 0; copy < batch.Count; copy++)
            {
                Sample(specification, batch.ActionMasks.Slice(copy * specification.MaskWidth, specification.MaskWidth), ref random, actions.Slice(copy * width, width));
            }
        };
    }

    /// <summary>
    /// Wanders through a maze from one random cell to the next along shortest ways, whatever the goal is: the <c>play</c> data of D4RL. Each copy goes on with its
    /// walk in the next episode.
    /// </summary>
    /// <param name="maze">The maze.</param>
    /// <param name="seed">Seed of the cells.</param>
    public static Controller Play(PointMaze maze, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(maze);
        int width = maze.Specification.Observations.Width;
        double offset = maze.ObservationOffset;
        List<WaypointController> walkers = [];
        return (batch, actions) =>
        {
            while (walkers.Count < batch.Count)
            {
                walkers.Add(new WaypointController(maze.Map, new EpisodeRandom(seed ^ Salt, walkers.Count)));
            }

            for (int copy = 0; copy < batch.Count; copy++)
            {
                ReadOnlySpan<float> body = batch.Observations.Slice(copy * width, width);
                walkers[copy].Choose(body[0] + offset, body[1] + offset, body[2], body[3], actions.Slice(2 * copy, 2));
            }
        };
    }

    /// <summary>One controller, and with some probability another instead, at every step of every copy anew.</summary>
    /// <param name="first">The usual one.</param>
    /// <param name="second">The other one.</param>
    /// <param name="probability">Of the other one, 0 to 1.</param>
    /// <param name="seed">Seed of the choice.</param>
    public static Controller Mixture(Controller first, Controller second, double probability, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        EpisodeRandom random = new(seed ^ Salt, copy: 1);
        float[] others = [];
        return (batch, actions) =>
        {
            Array.Resize(ref others, actions.Length);
            first(batch, actions);
            second(batch, others);
            int width = actions.Length / batch.Count;
            for (int copy = 0; copy < batch.Count; copy++)
            {
                if (random.Chance(probability))
                {
                    others.AsSpan(copy * width, width).CopyTo(actions[(copy * width)..]);
                }
            }
        };
    }

    /// <summary>A policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="deterministic">Whether the most likely action is taken.</param>
    /// <param name="seed">Seed of sampled actions.</param>
    public static Controller From(Policy policy, bool deterministic = true, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(policy);
        float[] states = [];
        long step = 0;
        return (batch, actions) =>
        {
            int width = policy.StateWidth;
            Array.Resize(ref states, batch.Count * width);
            for (int copy = 0; copy < batch.Count; copy++)
            {
                if (batch.Ended(copy))
                {
                    states.AsSpan(copy * width, width).Clear();
                }
            }

            policy.Act(new PolicyInput(batch.Count, batch.Observations, batch.ActionMasks, states, batch.Rewards), new ActionChoice(deterministic, seed, step++), actions);
        };
    }

    private static void Sample(EnvironmentSpecification specification, ReadOnlySpan<bool> mask, ref EpisodeRandom random, Span<float> action)
    {
        switch (specification.Actions)
        {
            case DiscreteSpace when specification.HasActionMask:
                action[0] = SampleLegal(mask, ref random);
                break;
            case MultiDiscreteSpace space when specification.HasActionMask:
                for (int i = 0, start = 0; i < space.Width; start += space.Counts[i++])
                {
                    action[i] = SampleLegal(mask.Slice(start, space.Counts[i]), ref random);
                }

                break;
            default:
                specification.Actions.Sample(ref random, action);
                break;
        }
    }

    private static int SampleLegal(ReadOnlySpan<bool> mask, ref EpisodeRandom random)
    {
        int skipped = random.Integer(Math.Max(1, mask.Count(true)));
        for (int i = 0; i < mask.Length; i++)
        {
            if (mask[i] && skipped-- == 0)
            {
                return i;
            }
        }

        return 0;
    }
}
