using Proximal.Recipes;

namespace Proximal.Clipping;

/// <summary>Options of <see cref="CispoClipping"/>.</summary>
public sealed record CispoClippingOptions
{
    /// <summary>ε_low: the weight is at least 1 - ε_low; 1 means no lower bound.</summary>
    public double Low { get; init; } = 1;

    /// <summary>ε_high: the weight is at most 1 + ε_high.</summary>
    public double High { get; init; } = 0.28;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<CispoClippingOptions> Schema { get; } = new OptionSchema<CispoClippingOptions>(() => new CispoClippingOptions())
        .Number("low", o => o.Low, (o, v) => o with { Low = v }, "ε_low: the weight is at least 1 - ε_low; 1 means no lower bound.", 0, 1)
        .Number("high", o => o.High, (o, v) => o with { High = v }, "ε_high: the weight is at most 1 + ε_high.", 0, 1e6);
}
