using Proximal.Recipes;

namespace Proximal.Rewards;

/// <summary>Options of <see cref="LengthBand"/>, in tokens of the policy.</summary>
public sealed record LengthBandOptions
{
    /// <summary>The family of problems that it is for; empty for all.</summary>
    public string Task { get; init; } = "";

    /// <summary>L_min: from here the reward rises.</summary>
    public double Minimum { get; init; }

    /// <summary>L_low: from here it is full.</summary>
    public double Low { get; init; } = 1;

    /// <summary>L_high: up to here it is full.</summary>
    public double High { get; init; } = 64;

    /// <summary>L_max: from here there is none.</summary>
    public double Maximum { get; init; } = 128;

    /// <summary>Weight of the reward; the paper does not give it.</summary>
    public double Weight { get; init; } = 0.5;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<LengthBandOptions> Schema { get; } = new OptionSchema<LengthBandOptions>(() => new LengthBandOptions())
        .Text("task", o => o.Task, (o, v) => o with { Task = v }, "Family of the problems that it is for; empty for all.")
        .Number("minimum", o => o.Minimum, (o, v) => o with { Minimum = v }, "L_min: tokens from which the reward rises.", 0, 1e9)
        .Number("low", o => o.Low, (o, v) => o with { Low = v }, "L_low: tokens from which it is full.", 0, 1e9)
        .Number("high", o => o.High, (o, v) => o with { High = v }, "L_high: tokens up to which it is full.", 0, 1e9)
        .Number("maximum", o => o.Maximum, (o, v) => o with { Maximum = v }, "L_max: tokens from which there is none.", 0, 1e9)
        .Number("weight", o => o.Weight, (o, v) => o with { Weight = v }, "Weight of the reward.", 0, 1e6)
        .Rule(o => o.Low >= o.Minimum ? null : FormattableString.Invariant($"'low' is {o.Low}, expected at least 'minimum' ({o.Minimum})"))
        .Rule(o => o.High >= o.Low ? null : FormattableString.Invariant($"'high' is {o.High}, expected at least 'low' ({o.Low})"))
        .Rule(o => o.Maximum >= o.High ? null : FormattableString.Invariant($"'maximum' is {o.Maximum}, expected at least 'high' ({o.High})"));
}
