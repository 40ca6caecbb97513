using Proximal.Recipes;

namespace Proximal.Advantages;

/// <summary>Options of <see cref="RewardToGoAdvantage"/>.</summary>
public sealed record RewardToGoOptions
{
    /// <summary>Discount γ per policy token.</summary>
    public double Discount { get; init; } = 1;

    /// <summary>Whether advantages are standardized over the tokens of the batch.</summary>
    public bool Whiten { get; init; }

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<RewardToGoOptions> Schema { get; } = new OptionSchema<RewardToGoOptions>(() => new RewardToGoOptions())
        .Number("discount", o => o.Discount, (o, v) => o with { Discount = v }, "Discount γ per policy token.", 0, 1)
        .Flag("whiten", o => o.Whiten, (o, v) => o with { Whiten = v }, "Standardize over the tokens of the batch.");
}
