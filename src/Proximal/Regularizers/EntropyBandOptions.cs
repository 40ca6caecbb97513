using Proximal.Recipes;

namespace Proximal.Regularizers;

/// <summary>Options of <see cref="EntropyBand"/>.</summary>
public sealed record EntropyBandOptions
{
    /// <summary>The family of problems that it is for; empty for all.</summary>
    public string Task { get; init; } = "";

    /// <summary>H_min, in nats a token.</summary>
    public double Low { get; init; } = 0.2;

    /// <summary>H_max, in nats a token.</summary>
    public double High { get; init; } = 0.6;

    /// <summary>λ_ent; the paper does not give it.</summary>
    public double Coefficient { get; init; } = 0.01;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<EntropyBandOptions> Schema { get; } = new OptionSchema<EntropyBandOptions>(() => new EntropyBandOptions())
        .Text("task", o => o.Task, (o, v) => o with { Task = v }, "Family of the problems that it is for; empty for all.")
        .Number("low", o => o.Low, (o, v) => o with { Low = v }, "H_min, in nats a token.", 0, 100)
        .Number("high", o => o.High, (o, v) => o with { High = v }, "H_max, in nats a token.", 0, 100)
        .Number("coefficient", o => o.Coefficient, (o, v) => o with { Coefficient = v }, "λ: weight of the penalty.", 0, 1e6)
        .Rule(o => o.High >= o.Low ? null : FormattableString.Invariant($"'high' is {o.High}, expected at least 'low' ({o.Low})"));
}
