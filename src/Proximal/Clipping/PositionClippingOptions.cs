using Proximal.Recipes;

namespace Proximal.Clipping;

/// <summary>Options of <see cref="PositionClipping"/>.</summary>
public sealed record PositionClippingOptions
{
    /// <summary>a_l: the log-ratio may fall to <c>-a_l s_t</c>.</summary>
    public double Low { get; init; } = 0.025;

    /// <summary>a_h: the log-ratio may rise to <c>a_h s_t</c>.</summary>
    public double High { get; init; } = 0.05;

    /// <summary>a_c: for A &lt; 0 the loss is at most <c>-A exp(a_c s_t)</c>; 0 switches it off.</summary>
    public double Dual { get; init; } = 0.05;

    /// <summary>pw of <c>s_t = n_t^pw</c>: 0.5 for the cumulative product, -0.5 for its geometric mean, 0 for bounds that do not move.</summary>
    public double Power { get; init; } = 0.5;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<PositionClippingOptions> Schema { get; } = new OptionSchema<PositionClippingOptions>(() => new PositionClippingOptions())
        .Number("low", o => o.Low, (o, v) => o with { Low = v }, "a_l: the log-ratio may fall to -a_l s_t.", 0, 20)
        .Number("high", o => o.High, (o, v) => o with { High = v }, "a_h: the log-ratio may rise to a_h s_t.", 0, 20)
        .Number("dual", o => o.Dual, (o, v) => o with { Dual = v }, "a_c: the loss of a negative advantage is at most -A exp(a_c s_t); 0 switches it off.", 0, 20)
        .Number("power", o => o.Power, (o, v) => o with { Power = v }, "pw of s_t = n_t^pw: 0.5 for a cumulative product, -0.5 for its geometric mean, 0 for fixed bounds.", -1, 1);
}
