using Proximal.Models.Generation;
using Proximal.Rollouts;

namespace Proximal.Supplements;

/// <summary>What supplements ask of the rollouts of a prompt.</summary>
internal static class GroupExtensions
{
    extension(IReadOnlyList<Trajectory> group)
    {
        /// <summary>Whether every rollout is finished and none earns anything: the objective has no gradient here.</summary>
        public bool IsAllWrong => group.All(trajectory => trajectory.End != EndReason.Open && trajectory.Verdict.Score <= 0);
    }
}
