using Proximal.Recipes;

namespace Proximal.Advantages;

/// <summary>REINFORCE++: <see cref="RewardToGoAdvantage"/> standardized over the whole batch instead of the group, so that one rollout a prompt is enough.</summary>
public static class ReinforcePlusPlusAdvantage
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, RewardToGoOptions> Definition { get; } = new(
        new ComponentInfo(
            "reinforce-plus-plus",
            Seam.Advantages,
            "Reward-to-go of the token rewards, standardized over the batch.",
            "A = whiten_batch(G),  G_{i,t} = Σ_{k≥t} γ^{k-t} r_{i,k}",
            "Hu et al. 2025, REINFORCE++, arXiv:2501.03262"),
        new OptionSchema<RewardToGoOptions>(() => new RewardToGoOptions { Whiten = true })
            .Number("discount", o => o.Discount, (o, v) => o with { Discount = v }, "Discount γ per policy token.", 0, 1),
        Create);

    /// <summary>The component.</summary>
    public static RewardToGoAdvantage Create(RewardToGoOptions options) => new(options with { Whiten = true }, Definition.Info);
}
