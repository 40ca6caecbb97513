using Proximal.Recipes;

namespace Proximal.Clipping;

/// <summary>Options of <see cref="RegularizedReinforce"/>.</summary>
public sealed record RegularizedReinforceOptions
{
    /// <summary>M: which tokens keep their gradient.</summary>
    public RegionMask Region { get; init; } = RegionMask.OneSide;

    /// <summary>W: the weight of a token.</summary>
    public SampleWeight Weight { get; init; } = SampleWeight.None;

    /// <summary>What holds the policy near its data beside the mask.</summary>
    public AnchorPenalty Penalty { get; init; } = AnchorPenalty.None;

    /// <summary>τ: weight of the penalty.</summary>
    public double Tau { get; init; }

    /// <summary>Whether the loss is divided by 1 + τ, as in plain OPMD.</summary>
    public bool Scaled { get; init; }

    /// <summary>T of <c>exp(A / T)</c>.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>ε_l.</summary>
    public double Low { get; init; } = 0.2;

    /// <summary>ε_h.</summary>
    public double High { get; init; } = 0.2;

    /// <summary>ε_l' of the ring and of truncated weights.</summary>
    public double OuterLow { get; init; } = 0.6;

    /// <summary>ε_h' of the ring and of truncated weights.</summary>
    public double OuterHigh { get; init; } = 2;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<RegularizedReinforceOptions> Schema { get; } = new OptionSchema<RegularizedReinforceOptions>(() => new RegularizedReinforceOptions())
        .Choice(
            "region",
            o => o.Region,
            (o, v) => o with { Region = v },
            "M: which tokens keep their gradient.",
            ("none", RegionMask.None),
            ("one-side", RegionMask.OneSide),
            ("two-side", RegionMask.TwoSide),
            ("ring", RegionMask.Ring))
        .Choice(
            "weight",
            o => o.Weight,
            (o, v) => o with { Weight = v },
            "W: 1, the ratio, the ratio within the outer bounds, or exp(A / T).",
            ("none", SampleWeight.None),
            ("importance", SampleWeight.Importance),
            ("truncated", SampleWeight.Truncated),
            ("advantage", SampleWeight.Advantage))
        .Choice(
            "penalty",
            o => o.Penalty,
            (o, v) => o with { Penalty = v },
            "What holds the policy near its data: nothing, τ (log π_θ - log π_old)² or -τ log π_θ.",
            ("none", AnchorPenalty.None),
            ("squared", AnchorPenalty.Squared),
            ("forward", AnchorPenalty.Forward))
        .Number("tau", o => o.Tau, (o, v) => o with { Tau = v }, "τ: weight of the penalty.", 0, 1e3)
        .Flag("scaled", o => o.Scaled, (o, v) => o with { Scaled = v }, "Divide the loss by 1 + τ, as plain OPMD does.")
        .Number("temperature", o => o.Temperature, (o, v) => o with { Temperature = v }, "T of the weight exp(A / T).", 1e-2, 1e6)
        .Number("low", o => o.Low, (o, v) => o with { Low = v }, "ε_l: inner bound below.", 0, 1)
        .Number("high", o => o.High, (o, v) => o with { High = v }, "ε_h: inner bound above.", 0, 1e6)
        .Number("outer-low", o => o.OuterLow, (o, v) => o with { OuterLow = v }, "ε_l': outer bound below, of the ring and of truncated weights.", 0, 1)
        .Number("outer-high", o => o.OuterHigh, (o, v) => o with { OuterHigh = v }, "ε_h': outer bound above, of the ring and of truncated weights.", 0, 1e6);
}
