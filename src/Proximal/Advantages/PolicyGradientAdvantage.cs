using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Advantages;

/// <summary>
/// GPG: centred rewards of the group times <c>α = N / #{i : R_i ≠ 0}</c>, which makes up for rollouts that give no gradient, divided by a fixed
/// <c>F_norm</c>. A group of one has mean 0.
/// </summary>
public sealed class PolicyGradientAdvantage(PolicyGradientAdvantageOptions options) : OutcomeAdvantage(Definition.Info)
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, PolicyGradientAdvantageOptions> Definition { get; } = new(
        new ComponentInfo(
            "gpg",
            Seam.Advantages,
            "Centred rewards, scaled up by the share of rollouts with a reward.",
            "A_{i,t} = α (R_i - mean_g(R)) / F_norm,  α = N / max(1, #{j : R_j ≠ 0})",
            "Chu et al. 2025, GPG, arXiv:2504.02546"),
        PolicyGradientAdvantageOptions.Schema,
        options => new PolicyGradientAdvantage(options));

    /// <summary>The factor α of a batch.</summary>
    /// <param name="rewards">Rewards of all rollouts. [N]</param>
    public static double Factor(ReadOnlySpan<float> rewards) => rewards.Length / (double)Math.Max(1, rewards.Length - rewards.Count(0f));

    /// <inheritdoc/>
    protected override void ComputeGroup(PathBatch batch, int group, ReadOnlySpan<float> rewards, Span<float> advantages) =>
        GroupRelativeAdvantage.Compute(rewards, advantages, GroupNormalization.None, 0);

    /// <inheritdoc/>
    protected override void Complete(PathBatch batch, Span<float> advantages)
    {
        ArgumentNullException.ThrowIfNull(batch);
        double factor = Factor(batch.Rewards) / options.Normalizer;
        foreach (ref float advantage in advantages)
        {
            advantage = (float)(factor * advantage);
        }
    }
}
