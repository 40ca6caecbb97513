using Proximal.Recipes;

namespace Proximal.Ratios;

/// <summary>Options of <see cref="CumulativeRatio"/>.</summary>
public sealed record CumulativeRatioOptions
{
    /// <summary>Sum or mean of the log-ratios so far.</summary>
    public CumulativeMode Mode { get; init; } = CumulativeMode.Product;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<CumulativeRatioOptions> Schema { get; } = new OptionSchema<CumulativeRatioOptions>(() => new CumulativeRatioOptions())
        .Choice(
            "mode",
            o => o.Mode,
            (o, v) => o with { Mode = v },
            "Product of the token ratios so far, or their geometric mean.",
            ("product", CumulativeMode.Product),
            ("geometric-mean", CumulativeMode.GeometricMean));
}
