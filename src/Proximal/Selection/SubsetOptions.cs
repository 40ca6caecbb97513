using Proximal.Recipes;

namespace Proximal.Selection;

/// <summary>Options of <see cref="RewardVarianceSubset"/> and <see cref="RandomSubset"/>.</summary>
public sealed record SubsetOptions
{
    /// <summary>Share of the rollouts that is trained on.</summary>
    public double Share { get; init; } = 0.25;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<SubsetOptions> Schema { get; } = new OptionSchema<SubsetOptions>(() => new SubsetOptions())
        .Number("share", o => o.Share, (o, v) => o with { Share = v }, "Share of the rollouts that is trained on.", 0, 1);
}
