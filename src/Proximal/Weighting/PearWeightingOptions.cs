using Proximal.Recipes;

namespace Proximal.Weighting;

/// <summary>Options of <see cref="PearWeighting"/>.</summary>
public sealed record PearWeightingOptions
{
    /// <summary>Which tokens share a weight.</summary>
    public PearVariant Variant { get; init; } = PearVariant.Token;

    /// <summary>Bk: tokens of a block of <see cref="PearVariant.Block"/>; the last one may be shorter.</summary>
    public int Block { get; init; } = 8;

    /// <summary>γ: discount for each token of the suffix.</summary>
    public double Discount { get; init; } = 0.999;

    /// <summary>The least log-ratio of a token.</summary>
    public double LogRatioMinimum { get; init; } = -0.08;

    /// <summary>The largest log-ratio of a token.</summary>
    public double LogRatioMaximum { get; init; } = 0.3;

    /// <summary>The least weight.</summary>
    public double Minimum { get; init; } = 0.1;

    /// <summary>The largest weight.</summary>
    public double Maximum { get; init; } = 10;

    /// <summary>c: factor of demonstrations that are wrong, whose likelihood then falls; 0 treats them like right ones. The paper's experiments with them use 1.</summary>
    public double Negative { get; init; }

    /// <summary>Tokens of wrong demonstrations that are less probable than this are not pushed down further.</summary>
    public double LikelihoodFloor { get; init; } = 0.01;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<PearWeightingOptions> Schema { get; } = new OptionSchema<PearWeightingOptions>(() => new PearWeightingOptions())
        .Choice(
            "variant",
            o => o.Variant,
            (o, v) => o with { Variant = v },
            "Which tokens share a weight.",
            ("sequence", PearVariant.Sequence),
            ("token", PearVariant.Token),
            ("block", PearVariant.Block))
        .Integer("block", o => o.Block, (o, v) => o with { Block = v }, "Tokens of a block of the block variant.", 1, 1_048_576)
        .Number("discount", o => o.Discount, (o, v) => o with { Discount = v }, "γ: discount for each token of the suffix.", 0, 1)
        .Number("log-ratio-minimum", o => o.LogRatioMinimum, (o, v) => o with { LogRatioMinimum = v }, "The least log-ratio of a token.", -20, 0)
        .Number("log-ratio-maximum", o => o.LogRatioMaximum, (o, v) => o with { LogRatioMaximum = v }, "The largest log-ratio of a token.", 0, 20)
        .Number("minimum", o => o.Minimum, (o, v) => o with { Minimum = v }, "The least weight.", 0, 1)
        .Number("maximum", o => o.Maximum, (o, v) => o with { Maximum = v }, "The largest weight.", 1, 1e6)
        .Number("negative", o => o.Negative, (o, v) => o with { Negative = v }, "c: factor with which wrong demonstrations are unlearned; 0 treats them like right ones.", 0, 100)
        .Number("likelihood-floor", o => o.LikelihoodFloor, (o, v) => o with { LikelihoodFloor = v }, "Tokens of wrong demonstrations below this probability are left alone.", 0, 1);
}
