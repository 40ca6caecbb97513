using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Rewards;

/// <summary>
/// A reward that a network learned from preferences: before policy optimization the run samples pairs of responses from the policy, prefers the one with the
/// higher score of the verifier (a coin decides between equals, and a share of the preferences is flipped), and fits a copy of the policy's trunk with one output
/// on the last token, by <c>-log σ(r(y_w) - r(y_l))</c> (Bradley and Terry 1952). What it rewards is therefore close to the score where the policy was, and can be anything
/// elsewhere. Before it is trained it gives 0.
/// </summary>
public sealed class RewardModel(RewardModelOptions options) : IBatchReward
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IReward, RewardModelOptions> Definition { get; } = new(
        new ComponentInfo(
            "reward-model",
            Seam.Rewards,
            "A network that the run trains on noisy preferences between responses of the policy.",
            "r = h(y_last),  fitted by -log σ(r(y_w) - r(y_l))",
            "Christiano et al. 2017, Deep Reinforcement Learning from Human Preferences, arXiv:1706.03741")
        {
            Mechanism = "A verifier that is not at hand in policy optimization is replaced by a model of it. The model learns from pairs which of two responses is better; few or noisy pairs leave it wrong "
                + "about responses that the policy did not write then, and a policy that moves far enough finds those. The verifier's score is still measured, so that the difference shows.",
        },
        RewardModelOptions.Schema,
        options => new RewardModel(options));

    /// <summary>How it is trained.</summary>
    public RewardModelOptions Options { get; } = options;

    /// <summary>The network; null before it is trained.</summary>
    internal ITrajectoryScorer? Network { get; set; }

    /// <inheritdoc/>
    public float Score(Trajectory trajectory)
    {
        Span<float> score = [0];
        Score([trajectory], score);
        return score[0];
    }

    /// <inheritdoc/>
    public void Score(IReadOnlyList<Trajectory> trajectories, Span<float> scores)
    {
        scores.Clear();
        Network?.Score(trajectories, scores);
    }
}
