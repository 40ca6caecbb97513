using Proximal.Recipes;

namespace Proximal.Advantages;

/// <summary>Options of <see cref="GeneralizedAdvantage"/>.</summary>
public sealed record GeneralizedAdvantageOptions
{
    /// <summary>Discount γ per policy token.</summary>
    public double Discount { get; init; } = 1;

    /// <summary>Trace decay λ: 0 trusts the critic, 1 trusts the rewards.</summary>
    public double Trace { get; init; } = 0.95;

    /// <summary>Whether advantages are standardized over the tokens of the batch.</summary>
    public bool Whiten { get; init; } = true;

    /// <summary>Largest absolute advantage, after standardization; 0 for no clipping.</summary>
    public double Clip { get; init; }

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<GeneralizedAdvantageOptions> Schema { get; } = new OptionSchema<GeneralizedAdvantageOptions>(() => new GeneralizedAdvantageOptions())
        .Number("discount", o => o.Discount, (o, v) => o with { Discount = v }, "Discount γ per policy token.", 0, 1)
        .Number("lambda", o => o.Trace, (o, v) => o with { Trace = v }, "Trace decay λ: 0 trusts the critic, 1 trusts the rewards.", 0, 1)
        .Flag("whiten", o => o.Whiten, (o, v) => o with { Whiten = v }, "Standardize over the tokens of the batch.")
        .Number("clip", o => o.Clip, (o, v) => o with { Clip = v }, "Largest absolute advantage, after standardization; 0 for no clipping.", 0, 1e6);
}
