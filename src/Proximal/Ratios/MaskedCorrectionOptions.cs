using Proximal.Recipes;

namespace Proximal.Ratios;

/// <summary>Options of <see cref="MaskedCorrection"/>.</summary>
public sealed record MaskedCorrectionOptions
{
    /// <summary>Token or sequence weights.</summary>
    public CorrectionLevel Level { get; init; } = CorrectionLevel.Token;

    /// <summary>C: weights above it become 0.</summary>
    public double Upper { get; init; } = 2;

    /// <summary>Weights below it become 0; 0 stands for 1/C.</summary>
    public double Lower { get; init; }

    /// <summary>Over what the weights are scaled to mean 1.</summary>
    public CorrectionNormalization Normalization { get; init; } = CorrectionNormalization.None;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<MaskedCorrectionOptions> Schema { get; } = new OptionSchema<MaskedCorrectionOptions>(() => new MaskedCorrectionOptions())
        .Choice("level", o => o.Level, (o, v) => o with { Level = v }, "Token or sequence weights.", CorrectionChoices.Levels)
        .Number("upper", o => o.Upper, (o, v) => o with { Upper = v }, "C: weights above it become 0.", 1, 1e6)
        .Number("lower", o => o.Lower, (o, v) => o with { Lower = v }, "Weights below it become 0; 0 stands for 1/C.", 0, 1)
        .Choice("normalization", o => o.Normalization, (o, v) => o with { Normalization = v }, "Over what the weights are scaled to mean 1.", CorrectionChoices.Normalizations);
}
