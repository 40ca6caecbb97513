using Proximal.Recipes;

namespace Proximal.Clipping;

/// <summary>Options of <see cref="BalancedClipping"/>. Bounds are ratios, not distances from 1.</summary>
public sealed record BalancedClippingOptions
{
    /// <summary>a⁻: where c_low starts.</summary>
    public double LowStart { get; init; } = 0.6;

    /// <summary>b⁻: the largest c_low.</summary>
    public double LowEnd { get; init; } = 0.9;

    /// <summary>δ2: step of c_low.</summary>
    public double LowStep { get; init; } = 0.02;

    /// <summary>a⁺: where c_high starts.</summary>
    public double HighStart { get; init; } = 1.2;

    /// <summary>b⁺: the largest c_high.</summary>
    public double HighEnd { get; init; } = 3;

    /// <summary>δ1: step of c_high.</summary>
    public double HighStep { get; init; } = 0.05;

    /// <summary>ρ0: the share of positive tokens at which the search stops; 0 keeps the bounds where they start.</summary>
    public double Share { get; init; } = 0.5;

    /// <summary>What a token contributes.</summary>
    public BalanceMode Mode { get; init; } = BalanceMode.GradientActive;

    /// <summary>Whether c_low moves before c_high, as in the released program; the paper widens c_high first.</summary>
    public bool LowFirst { get; init; }

    /// <summary>Whether contributions are weighted by π_old, as in the paper; the released program does not.</summary>
    public bool Weighted { get; init; }

    /// <summary>c of dual clip, above 1; 0 switches it off.</summary>
    public double DualClip { get; init; } = 10;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<BalancedClippingOptions> Schema { get; } = new OptionSchema<BalancedClippingOptions>(() => new BalancedClippingOptions())
        .Number("low-start", o => o.LowStart, (o, v) => o with { LowStart = v }, "a⁻: where c_low starts.", 0, 1)
        .Number("low-end", o => o.LowEnd, (o, v) => o with { LowEnd = v }, "b⁻: the largest c_low.", 0, 1)
        .Number("low-step", o => o.LowStep, (o, v) => o with { LowStep = v }, "δ2: step of c_low.", 1e-3, 1)
        .Number("high-start", o => o.HighStart, (o, v) => o with { HighStart = v }, "a⁺: where c_high starts.", 1, 100)
        .Number("high-end", o => o.HighEnd, (o, v) => o with { HighEnd = v }, "b⁺: the largest c_high.", 1, 100)
        .Number("high-step", o => o.HighStep, (o, v) => o with { HighStep = v }, "δ1: step of c_high.", 1e-3, 100)
        .Number("share", o => o.Share, (o, v) => o with { Share = v }, "ρ0: the share of positive tokens at which the search stops; 0 keeps the bounds where they start.", 0, 1)
        .Choice(
            "mode",
            o => o.Mode,
            (o, v) => o with { Mode = v },
            "What a token contributes: r |A| while it has a gradient, or the printed formula.",
            ("gradient-active", BalanceMode.GradientActive),
            ("literal", BalanceMode.Literal))
        .Flag("low-first", o => o.LowFirst, (o, v) => o with { LowFirst = v }, "Move c_low before c_high, as the released program does.")
        .Flag("weighted", o => o.Weighted, (o, v) => o with { Weighted = v }, "Weight contributions by π_old, as in the paper.")
        .Number("dual-clip", o => o.DualClip, (o, v) => o with { DualClip = v }, "c: the loss of a negative advantage is at most -c A; 0 switches it off.", 0, 1e6)
        .Rule(o => o.LowStart <= o.LowEnd ? null : FormattableString.Invariant($"'low-start' is {o.LowStart}, expected at most 'low-end' {o.LowEnd}"))
        .Rule(o => o.HighStart <= o.HighEnd ? null : FormattableString.Invariant($"'high-start' is {o.HighStart}, expected at most 'high-end' {o.HighEnd}"))
        .Rule(o => o.DualClip is > 0 and <= 1 ? FormattableString.Invariant($"'dual-clip' is {o.DualClip}, expected more than 1, or 0 for none") : null);
}
