using Proximal.Recipes;

namespace Proximal.Clipping;

/// <summary>Options of <see cref="GppoClipping"/>.</summary>
public sealed record GppoClippingOptions
{
    /// <summary>ε_low: the ratio may fall to 1 - ε_low.</summary>
    public double Low { get; init; } = 0.2;

    /// <summary>ε_high: the ratio may rise to 1 + ε_high.</summary>
    public double High { get; init; } = 0.28;

    /// <summary>β1: factor of loss and gradient where a negative token fell below the lower bound.</summary>
    public double LowGain { get; init; } = 1;

    /// <summary>β2: factor of loss and gradient where a positive token rose above the upper bound.</summary>
    public double HighGain { get; init; } = 1;

    /// <summary>c of dual clip, above 1; 0 switches it off.</summary>
    public double DualClip { get; init; }

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<GppoClippingOptions> Schema { get; } = new OptionSchema<GppoClippingOptions>(() => new GppoClippingOptions())
        .Number("low", o => o.Low, (o, v) => o with { Low = v }, "ε_low: the ratio may fall to 1 - ε_low.", 0, 1)
        .Number("high", o => o.High, (o, v) => o with { High = v }, "ε_high: the ratio may rise to 1 + ε_high.", 0, 1e6)
        .Number("low-gain", o => o.LowGain, (o, v) => o with { LowGain = v }, "β1: factor where a negative token fell below 1 - ε_low; 0 is PPO.", 0, 1e3)
        .Number("high-gain", o => o.HighGain, (o, v) => o with { HighGain = v }, "β2: factor where a positive token rose above 1 + ε_high; 0 is PPO.", 0, 1e3)
        .Number("dual-clip", o => o.DualClip, (o, v) => o with { DualClip = v }, "c: the loss of a negative advantage is at most -c A; 0 switches it off.", 0, 1e6)
        .Rule(o => o.DualClip is > 0 and <= 1 ? FormattableString.Invariant($"'dual-clip' is {o.DualClip}, expected more than 1, or 0 for none") : null);
}
