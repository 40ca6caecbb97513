using Proximal.Rollouts;

namespace Proximal.Rewards;

/// <summary>A reward that is a delegate of user code.</summary>
/// <param name="score">Scores a trajectory.</param>
public sealed class DelegateReward(Func<Trajectory, float> score) : IReward
{
    /// <inheritdoc/>
    public float Score(Trajectory trajectory) => score(trajectory);
}
