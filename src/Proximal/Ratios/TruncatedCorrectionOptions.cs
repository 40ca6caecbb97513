using Proximal.Recipes;

namespace Proximal.Ratios;

/// <summary>Options of <see cref="TruncatedCorrection"/>.</summary>
public sealed record TruncatedCorrectionOptions
{
    /// <summary>Token or sequence weights.</summary>
    public CorrectionLevel Level { get; init; } = CorrectionLevel.Token;

    /// <summary>C: the largest weight.</summary>
    public double Cap { get; init; } = 2;

    /// <summary>Over what the weights are scaled to mean 1.</summary>
    public CorrectionNormalization Normalization { get; init; } = CorrectionNormalization.None;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<TruncatedCorrectionOptions> Schema { get; } = new OptionSchema<TruncatedCorrectionOptions>(() => new TruncatedCorrectionOptions())
        .Choice("level", o => o.Level, (o, v) => o with { Level = v }, "Token or sequence weights.", CorrectionChoices.Levels)
        .Number("cap", o => o.Cap, (o, v) => o with { Cap = v }, "C: the largest weight.", 0, 1e6)
        .Choice("normalization", o => o.Normalization, (o, v) => o with { Normalization = v }, "Over what the weights are scaled to mean 1.", CorrectionChoices.Normalizations);
}
