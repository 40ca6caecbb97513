using Proximal.Rollouts;

namespace Proximal.Rewards;

/// <summary>A network that gives trajectories a number.</summary>
internal interface ITrajectoryScorer
{
    /// <summary>Scores trajectories, those of a tree together.</summary>
    void Score(IReadOnlyList<Trajectory> trajectories, Span<float> scores);
}
