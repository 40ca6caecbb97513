using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Advantages;

/// <summary>
/// Pass@k policy optimization inside the group: only the best rollout learns, with the margin by which it beats the second best,
/// <c>A_best = (R_(1) - R_(2)) / (std_g + ε)</c>, because only that margin changes the maximum.
/// </summary>
public sealed class PassAtKAdvantage(GroupRelativeOptions options) : OutcomeAdvantage(Definition.Info)
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, GroupRelativeOptions> Definition { get; } = new(
        new ComponentInfo(
            "grpo-passk",
            Seam.Advantages,
            "The best rollout of a group gets its margin over the second best, the others nothing.",
            "A_{i,t} = 1{i = argmax_g R} (R_(1) - R_(2)) / (std_g(R) + ε)",
            "Walder and Karkhanis 2025, Pass@K Policy Optimization, arXiv:2505.15201"),
        GroupRelativeOptions.Schema,
        options => new PassAtKAdvantage(options));

    /// <summary>The advantages of one group.</summary>
    /// <param name="rewards">Rewards of the rollouts of one prompt, at least two. [G]</param>
    /// <param name="advantages">Receives the advantages. [G]</param>
    /// <param name="normalization">What the margin is divided by.</param>
    /// <param name="epsilon">ε added to the deviation.</param>
    /// <exception cref="ArgumentException">A group of one.</exception>
    public static void Compute(ReadOnlySpan<float> rewards, Span<float> advantages, GroupNormalization normalization, double epsilon)
    {
        if (rewards.Length < 2)
        {
            throw new ArgumentException($"'grpo-passk' needs a group of at least 2 rollouts, got {rewards.Length}.", nameof(rewards));
        }

        int best = 0;
        for (int i = 1; i < rewards.Length; i++)
        {
            best = rewards[i] > rewards[best] ? i : best;
        }

        float second = float.NegativeInfinity;
        for (int i = 0; i < rewards.Length; i++)
        {
            second = i == best ? second : Math.Max(second, rewards[i]);
        }

        double scale = normalization == GroupNormalization.None
            ? 1
            : GroupRelativeAdvantage.Deviation(rewards, GroupRelativeAdvantage.Mean(rewards), normalization) + epsilon;
        advantages.Clear();
        advantages[best] = rewards[best] == second ? 0 : (float)((rewards[best] - second) / scale);
    }

    /// <inheritdoc/>
    protected override void ComputeGroup(PathBatch batch, int group, ReadOnlySpan<float> rewards, Span<float> advantages) =>
        Compute(rewards, advantages, options.Normalization, options.Epsilon);
}
