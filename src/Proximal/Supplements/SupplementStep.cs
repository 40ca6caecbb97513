using Proximal.Rollouts;

namespace Proximal.Supplements;

/// <summary>What a supplement learns of a step before its first update.</summary>
/// <param name="Rounds">Everything that was rolled out in the step, whether the objective learns from it or not.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Step">Step of the stage, from 0.</param>
/// <param name="Steps">Steps of the stage.</param>
public sealed record SupplementStep(IReadOnlyList<RolloutBatch> Rounds, ulong Seed, int Step, int Steps)
{
    /// <summary>Goes through the groups of the step: the rollouts of a prompt together.</summary>
    public IEnumerable<IReadOnlyList<Trajectory>> Groups
    {
        get
        {
            foreach (RolloutBatch round in Rounds)
            {
                for (int group = 0; group < round.Paths.GroupCount; group++)
                {
                    (int start, int count) = round.Paths.Group(group).GetOffsetAndLength(round.Trajectories.Count);
                    yield return [.. round.Trajectories.Skip(start).Take(count)];
                }
            }
        }
    }
}

/// <summary>Which update of a step a supplement adds to.</summary>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Number">Number of the update in the stage, from 0.</param>
/// <param name="Part">Which of the minibatches of the step this is.</param>
/// <param name="Parts">Minibatches of the step: a supplement whose targets are those of the step divides them alike.</param>
public readonly record struct SupplementUpdate(ulong Seed, int Number, int Part, int Parts)
{
    /// <summary>The share of this update in the targets of the step.</summary>
    public Range ShareOf(int targets) => (int)((long)targets * Part / Parts)..(int)((long)targets * (Part + 1) / Parts);
}
