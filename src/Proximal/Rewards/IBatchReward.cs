using Proximal.Rollouts;

namespace Proximal.Rewards;

/// <summary>A reward that scores the trajectories of a batch together, as a network does.</summary>
public interface IBatchReward : IReward
{
    /// <summary>Scores trajectories.</summary>
    /// <param name="trajectories">The trajectories, those of a prompt together.</param>
    /// <param name="scores">Receives the scores. [trajectories]</param>
    void Score(IReadOnlyList<Trajectory> trajectories, Span<float> scores);
}
