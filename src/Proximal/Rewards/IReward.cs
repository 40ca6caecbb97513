using Proximal.Rollouts;

namespace Proximal.Rewards;

/// <summary>A finished trajectory to a number.</summary>
public interface IReward
{
    /// <summary>Scores a trajectory. The text is untrusted.</summary>
    float Score(Trajectory trajectory);
}
