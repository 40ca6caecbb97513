using Proximal.Recipes;

namespace Proximal.Clipping;

/// <summary>Options of <see cref="PpoClipping"/>.</summary>
public sealed record PpoClippingOptions
{
    /// <summary>ε_low: the ratio may fall to 1 - ε_low.</summary>
    public double Low { get; init; } = 0.2;

    /// <summary>ε_high: the ratio may rise to 1 + ε_high; above ε_low this is clip-higher.</summary>
    public double High { get; init; } = 0.2;

    /// <summary>c of dual clip, above 1; 0 switches it off.</summary>
    public double DualClip { get; init; }

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<PpoClippingOptions> Schema { get; } = new OptionSchema<PpoClippingOptions>(() => new PpoClippingOptions())
        .Number("low", o => o.Low, (o, v) => o with { Low = v }, "ε_low: the ratio may fall to 1 - ε_low.", 0, 1)
        .Number("high", o => o.High, (o, v) => o with { High = v }, "ε_high: the ratio may rise to 1 + ε_high.", 0, 1e6)
        .Number("dual-clip", o => o.DualClip, (o, v) => o with { DualClip = v }, "c: the loss of a negative advantage is at most -c A; 0 switches it off.", 0, 1e6)
        .Rule(o => o.DualClip is > 0 and <= 1 ? FormattableString.Invariant($"'dual-clip' is {o.DualClip}, expected more than 1, or 0 for none") : null);
}
