using Proximal.Rollouts;
using Proximal.Tasks;

namespace Proximal.Rewards;

/// <summary>A reward that is a function of the verifier's judgement.</summary>
internal sealed class VerdictReward(Func<Verdict, double> score) : IReward
{
    /// <inheritdoc/>
    public float Score(Trajectory trajectory) => (float)score(trajectory.Verdict);
}
