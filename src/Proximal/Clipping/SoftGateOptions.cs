using Proximal.Recipes;

namespace Proximal.Clipping;

/// <summary>Options of <see cref="SoftGateClipping"/>.</summary>
public sealed record SoftGateOptions
{
    /// <summary>τ for positive advantages.</summary>
    public double PositiveTemperature { get; init; } = 1;

    /// <summary>τ for the others: larger, because their gradients are the less stable ones.</summary>
    public double NegativeTemperature { get; init; } = 1.05;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<SoftGateOptions> Schema { get; } = new OptionSchema<SoftGateOptions>(() => new SoftGateOptions())
        .Number("positive-temperature", o => o.PositiveTemperature, (o, v) => o with { PositiveTemperature = v }, "τ for positive advantages.", 1e-3, 1e3)
        .Number("negative-temperature", o => o.NegativeTemperature, (o, v) => o with { NegativeTemperature = v }, "τ for the other advantages.", 1e-3, 1e3);
}
