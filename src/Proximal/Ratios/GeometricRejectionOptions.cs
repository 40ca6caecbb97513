using Proximal.Recipes;

namespace Proximal.Ratios;

/// <summary>Options of <see cref="GeometricRejection"/>.</summary>
public sealed record GeometricRejectionOptions
{
    /// <summary>Smallest geometric mean of ρ that is kept.</summary>
    public double Lower { get; init; } = 0.999;

    /// <summary>Largest geometric mean of ρ that is kept.</summary>
    public double Upper { get; init; } = 1.001;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<GeometricRejectionOptions> Schema { get; } = new OptionSchema<GeometricRejectionOptions>(() => new GeometricRejectionOptions())
        .Number("lower", o => o.Lower, (o, v) => o with { Lower = v }, "Smallest geometric mean of ρ that is kept.", 0, 1)
        .Number("upper", o => o.Upper, (o, v) => o with { Upper = v }, "Largest geometric mean of ρ that is kept.", 1, 1e6);
}
