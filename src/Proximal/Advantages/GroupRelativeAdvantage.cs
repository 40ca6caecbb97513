using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Advantages;

/// <summary>
/// GRPO: <c>A_i = (R_i - mean_g) / (std_g + ε)</c> over the rollouts of one prompt. A group of one has mean 0 and deviation 1; a group whose
/// rewards are all equal has advantage 0. Shao et al. 2024, DeepSeekMath, section 4.1.
/// </summary>
public sealed class GroupRelativeAdvantage : OutcomeAdvantage
{
    private readonly GroupRelativeOptions options;

    /// <summary>GRPO with the given options.</summary>
    public GroupRelativeAdvantage(GroupRelativeOptions options)
        : this(options, Definition.Info)
    {
    }

    internal GroupRelativeAdvantage(GroupRelativeOptions options, ComponentInfo info)
        : base(info) => this.options = options;

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, GroupRelativeOptions> Definition { get; } = new(
        new ComponentInfo(
            "grpo",
            Seam.Advantages,
            "Rewards standardized within the group of rollouts of a prompt.",
            "A_{i,t} = (R_i - mean_g(R)) / (std_g(R) + ε)",
            "Shao et al. 2024, DeepSeekMath, arXiv:2402.03300"),
        GroupRelativeOptions.Schema,
        options => new GroupRelativeAdvantage(options));

    /// <summary>The advantages of one group.</summary>
    /// <param name="rewards">Rewards of the rollouts of one prompt. [G]</param>
    /// <param name="advantages">Receives the advantages. [G]</param>
    /// <param name="normalization">What the centred rewards are divided by.</param>
    /// <param name="epsilon">ε added to the deviation.</param>
    public static void Compute(ReadOnlySpan<float> rewards, Span<float> advantages, GroupNormalization normalization, double epsilon)
    {
        if (rewards.Length > 1 && AllEqual(rewards))
        {
            advantages.Clear();
            return;
        }

        double mean = rewards.Length > 1 ? Mean(rewards) : 0;
        double scale = normalization == GroupNormalization.None ? 1 : Deviation(rewards, mean, normalization) + epsilon;
        for (int i = 0; i < rewards.Length; i++)
        {
            advantages[i] = (float)((rewards[i] - mean) / scale);
        }
    }

    /// <inheritdoc/>
    protected override void ComputeGroup(PathBatch batch, int group, ReadOnlySpan<float> rewards, Span<float> advantages) =>
        Compute(rewards, advantages, options.Normalization, options.Epsilon);

    internal static double Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    internal static double Deviation(ReadOnlySpan<float> rewards, double mean, GroupNormalization normalization)
    {
        if (rewards.Length == 1)
        {
            return 1;
        }

        double squares = 0;
        foreach (float reward in rewards)
        {
            squares += (reward - mean) * (reward - mean);
        }

        return Math.Sqrt(squares / (normalization == GroupNormalization.SampleDeviation ? rewards.Length - 1 : rewards.Length));
    }

    // Rounding of the mean must not turn equal rewards into tiny advantages, which the deviation would then blow up to size 1.
    private static bool AllEqual(ReadOnlySpan<float> values) => !values.ContainsAnyExcept(values[0]);
}
