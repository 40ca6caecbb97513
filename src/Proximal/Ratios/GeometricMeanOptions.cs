using Proximal.Recipes;

namespace Proximal.Ratios;

/// <summary>Options of <see cref="GeometricMeanRatio"/>.</summary>
public sealed record GeometricMeanOptions
{
    /// <summary>How far the log-ratio of a token may fall below 0.</summary>
    public double Low { get; init; } = 0.4;

    /// <summary>How far the log-ratio of a token may rise above 0.</summary>
    public double High { get; init; } = 0.4;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<GeometricMeanOptions> Schema { get; } = new OptionSchema<GeometricMeanOptions>(() => new GeometricMeanOptions())
        .Number("low", o => o.Low, (o, v) => o with { Low = v }, "ε_low: how far the log-ratio of a token may fall below 0.", 0, 20)
        .Number("high", o => o.High, (o, v) => o with { High = v }, "ε_high: how far the log-ratio of a token may rise above 0.", 0, 20);
}
