using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Advantages;

/// <summary>
/// RLOO: the baseline of a rollout is the mean reward of the others of its group, <c>A_i = G/(G-1) (R_i - mean_g)</c>; a group of one has <c>A = R</c>.
/// Kool et al. 2019; Ahmadian et al. 2024.
/// </summary>
public sealed class LeaveOneOutAdvantage() : OutcomeAdvantage(Definition.Info)
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, NoOptions> Definition { get; } = new(
        new ComponentInfo(
            "rloo",
            Seam.Advantages,
            "Reward minus the mean reward of the other rollouts of the prompt.",
            "A_{i,t} = R_i - 1/(G-1) Σ_{j≠i} R_j",
            "Ahmadian et al. 2024, Back to Basics, arXiv:2402.14740"),
        NoOptions.Schema,
        _ => new LeaveOneOutAdvantage());

    /// <summary>The advantages of one group.</summary>
    /// <param name="rewards">Rewards of the rollouts of one prompt. [G]</param>
    /// <param name="advantages">Receives the advantages. [G]</param>
    public static void Compute(ReadOnlySpan<float> rewards, Span<float> advantages)
    {
        if (rewards.Length == 1)
        {
            advantages[0] = rewards[0];
            return;
        }

        double mean = GroupRelativeAdvantage.Mean(rewards), factor = rewards.Length / (rewards.Length - 1.0);
        for (int i = 0; i < rewards.Length; i++)
        {
            advantages[i] = (float)(factor * (rewards[i] - mean));
        }
    }

    /// <inheritdoc/>
    protected override void ComputeGroup(PathBatch batch, int group, ReadOnlySpan<float> rewards, Span<float> advantages) => Compute(rewards, advantages);
}
