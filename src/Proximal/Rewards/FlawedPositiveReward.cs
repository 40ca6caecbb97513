using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Rewards;

/// <summary>
/// FAPO: 1 for a right answer that was worked out, 1 - λ for one whose derivation is flawed (a guess, a jump), -1 for a wrong one. A derivation is flawed where the task's process check gives less
/// than full dense credit (<see cref="Tasks.Verdict.Partial"/>), as chain-sum does for running sums that are wrong or missing.
/// </summary>
public sealed class FlawedPositiveReward(FlawedPositiveOptions options) : IReward
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IReward, FlawedPositiveOptions> Definition { get; } = new(
        new ComponentInfo(
            "flawed-positive",
            Seam.Rewards,
            "1 for a right answer, 1 - λ where its derivation is flawed, -1 for a wrong one.",
            "r = 1{right} (1 - λ 1{flawed}) - 1{wrong}",
            "Ding et al. 2025, FAPO: Flawed-Aware Policy Optimization for Efficient and Reliable Reasoning, arXiv:2510.22543")
        {
            Mechanism = "Right answers by wrong ways are a stepping stone at first and a burden later. With λ = 1 they earn the 0 between right and wrong, so that the group decides: while most rollouts are wrong they are above the mean and are reinforced, once most are right they are below it and are punished. sign(A_flawed) = sign(n_wrong - n_clean), without any schedule.",
        },
        FlawedPositiveOptions.Schema,
        options => new FlawedPositiveReward(options));

    /// <summary>The reward of a response.</summary>
    /// <param name="isRight">Whether its answer is right.</param>
    /// <param name="isFlawed">Whether its derivation is not.</param>
    /// <param name="penalty">λ.</param>
    public static double Compute(bool isRight, bool isFlawed, double penalty) => !isRight ? -1 : isFlawed ? 1 - penalty : 1;

    /// <summary>
    /// The reward of a detector of flaws, which names the first wrong step of a derivation: 1 for the right step or for rightly finding none, <c>1 - |k - k*| / n</c> for another
    /// step of a derivation that is flawed, -1 for everything else.
    /// </summary>
    /// <param name="predicted">k: the step from 0, -1 for none; null for an answer that could not be read.</param>
    /// <param name="actual">k*: the first wrong step, or -1 for none.</param>
    /// <param name="steps">n: steps of the derivation.</param>
    public static double Detection(int? predicted, int actual, int steps) => predicted switch
    {
        null => -1,
        { } k when k < -1 || k >= steps => -1,
        { } k when actual == -1 || k == -1 => k == actual ? 1 : -1,
        { } k => 1 - (Math.Abs(k - actual) / (double)steps),
    };

    /// <inheritdoc/>
    public float Score(Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        return (float)Compute(trajectory.Verdict.Correct, trajectory.Verdict.Partial < 1, options.Penalty);
    }
}
