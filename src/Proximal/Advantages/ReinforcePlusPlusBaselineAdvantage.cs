using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Advantages;

/// <summary>REINFORCE++ with a group baseline: rewards centred within the group, then standardized over the valid tokens of the whole batch.</summary>
public sealed class ReinforcePlusPlusBaselineAdvantage : IAdvantage
{
    private readonly GroupRelativeAdvantage centred = DrGrpoAdvantage.Create();

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, NoOptions> Definition { get; } = new(
        new ComponentInfo(
            "reinforce-plus-plus-baseline",
            Seam.Advantages,
            "Rewards centred within the group, then standardized over the tokens of the batch.",
            "A = whiten_batch(R_i - mean_g(R))",
            "Hu et al. 2025, REINFORCE++, arXiv:2501.03262"),
        NoOptions.Schema,
        _ => new ReinforcePlusPlusBaselineAdvantage());

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public void Compute(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Columns.RequireFiniteRewards(this, batch, batch.Rewards, "reward of path");
        centred.Compute(batch);
        Whitening.Apply(batch.Advantage, batch.Mask);
    }
}
