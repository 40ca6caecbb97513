using Proximal.Recipes;

namespace Proximal.Ratios;

/// <summary>Options of <see cref="TruncatedCorrection"/>.</summary>
public sealed record TruncatedCorrectionOptions
{
    /// <summary>Token or sequence weights.</summary>
    public CorrectionLevel Level { get; init; } = CorrectionLevel.Token;

    /// <summary>C: the largest weight.</summary>
    public double Cap { get; init; } = 2;

    /// <summary>Whether only rollouts that other models generated are corrected; the weight of the policy's own is 1 then.</summary>
    public bool ForeignOnly { get; init; }

    /// <summary>Over what the weights are scaled to mean 1.</summary>
    public CorrectionNormalization Normalization { get; init; } = CorrectionNormalization.None;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<TruncatedCorrectionOptions> Schema { get; } = new OptionSchema<TruncatedCorrectionOptions>(() => new TruncatedCorrectionOptions())
        .Choice("level", o => o.Level, (o, v) => o with { Level = v }, "Token or sequence weights.", CorrectionChoices.Levels)
        .Number("cap", o => o.Cap, (o, v) => o with { Cap = v }, "C: the largest weight; 1e9 truncates nothing.", 0, 1e9)
        .Flag("foreign-only", o => o.ForeignOnly, (o, v) => o with { ForeignOnly = v }, "Correct rollouts of other models only.")
        .Choice("normalization", o => o.Normalization, (o, v) => o with { Normalization = v }, "Over what the weights are scaled to mean 1.", CorrectionChoices.Normalizations);
}
