using Proximal.Control.Environments;
using Proximal.Control.Environments.Diagnostic;

namespace Proximal.Control.Data;

/// <summary>
/// Halves of ways through a <see cref="StitchGrid"/>: one trajectory leads from the first column to the door, the next from the door to the goal. No trajectory
/// leads all the way, so that the reward is reached from the first column only by who puts halves together.
/// </summary>
public static class StitchTrajectories
{
    /// <summary>Collects halves in turn, along shortest ways with random actions in between.</summary>
    /// <param name="size">k of the grid.</param>
    /// <param name="trajectories">Number of halves.</param>
    /// <param name="noise">Probability of a random action, 0 to 1.</param>
    /// <param name="seed">Seed of starts and random actions.</param>
    /// <exception cref="ArgumentException">A number is outside its range.</exception>
    public static OfflineDataset Collect(int size, int trajectories, double noise = 0.2, ulong seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trajectories, 1);
        if (!(noise is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(noise), noise, "The probability is outside 0 to 1.");
        }

        StitchGrid toDoor = new(new() { Size = size, EndInDoor = true }), toGoal = new(new() { Size = size, StartInDoor = true });
        EnvironmentSpecification specification = toGoal.Specification;
        DatasetBuilder builder = new(
            specification.Observations, specification.Actions, new DatasetInformation { Environment = specification.Name, Source = "halves", Seed = seed });
        float[] before = new float[specification.Observations.Width], after = new float[before.Length], action = new float[1];
        EpisodeRandom random = new(seed, copy: 1);
        for (int i = 0; i < trajectories; i++)
        {
            StitchGrid half = i % 2 == 0 ? toDoor : toGoal;
            half.Reset(new EpisodeRandom(seed, 0, i), before);
            StepOutcome outcome;
            do
            {
                action[0] = random.Chance(noise) ? random.Integer(4) : half.ShortestAction();
                outcome = half.Step(action, after);
                builder.Add(before, action, (float)outcome.Reward, after, outcome.Terminated, outcome.Terminated || outcome.Truncated);
                after.CopyTo(before, 0);
            }
            while (!outcome.Terminated && !outcome.Truncated);
        }

        return builder.ToDataset();
    }
}
