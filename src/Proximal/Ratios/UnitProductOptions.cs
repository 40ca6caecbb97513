using Proximal.Recipes;

namespace Proximal.Ratios;

/// <summary>Options of <see cref="UnitProductRatio"/>.</summary>
public sealed record UnitProductOptions
{
    /// <summary>What counts as one action.</summary>
    public RatioUnit Unit { get; init; } = RatioUnit.Token;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<UnitProductOptions> Schema { get; } = new OptionSchema<UnitProductOptions>(() => new UnitProductOptions())
        .Choice(
            "unit", o => o.Unit, (o, v) => o with { Unit = v }, "What counts as one action.",
            ("token", RatioUnit.Token), ("turn", RatioUnit.Turn), ("trajectory", RatioUnit.Trajectory));
}
