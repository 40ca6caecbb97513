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
