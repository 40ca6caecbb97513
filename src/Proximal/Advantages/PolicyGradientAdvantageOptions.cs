using Proximal.Recipes;

namespace Proximal.Advantages;

/// <summary>Options of <see cref="PolicyGradientAdvantage"/>.</summary>
public sealed record PolicyGradientAdvantageOptions
{
    /// <summary>F_norm: what the advantages are divided by.</summary>
    public double Normalizer { get; init; } = 1;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<PolicyGradientAdvantageOptions> Schema { get; } = new OptionSchema<PolicyGradientAdvantageOptions>(() => new PolicyGradientAdvantageOptions())
        .Number("normalizer", o => o.Normalizer, (o, v) => o with { Normalizer = v }, "F_norm: what the advantages are divided by.", 1e-6, 1e6);
}
