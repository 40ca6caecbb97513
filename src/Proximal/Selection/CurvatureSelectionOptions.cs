using Proximal.Recipes;

namespace Proximal.Selection;

/// <summary>Options of <see cref="CurvatureSelection"/>.</summary>
public sealed record CurvatureSelectionOptions
{
    /// <summary>τ_F: a token whose predicted policy shift m_F is not below it is left out.</summary>
    public double PolicyLimit { get; init; } = 1e-4;

    /// <summary>τ_H: a token whose predicted objective shift m_H is not within ±τ_H is left out.</summary>
    public double ObjectiveLimit { get; init; } = 1e-2;

    /// <summary>Whether tokens with a negative m_H are left out as well.</summary>
    public bool OneSided { get; init; }

    /// <summary>Steps that accept every token and then set both limits from what they saw; 0 for the limits as given.</summary>
    public int CalibrationSteps { get; init; }

    /// <summary>The quantile of m_F and of |m_H| over the steps of calibration that becomes the limit.</summary>
    public double Quantile { get; init; } = 0.92;

    /// <summary>Whether the model of the optimizer is Adam; otherwise it is plain gradient ascent.</summary>
    public bool Adam { get; init; } = true;

    /// <summary>β1 of the model of Adam.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β2 of the model of Adam.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>The most probable rows of the vocabulary that the model looks at, beside the sampled one.</summary>
    public int Top { get; init; } = 64;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<CurvatureSelectionOptions> Schema { get; } = new OptionSchema<CurvatureSelectionOptions>(() => new CurvatureSelectionOptions())
        .Number("policy-limit", o => o.PolicyLimit, (o, v) => o with { PolicyLimit = v }, "τ_F: tokens whose predicted policy shift is not below it are left out.", 0)
        .Number("objective-limit", o => o.ObjectiveLimit, (o, v) => o with { ObjectiveLimit = v }, "τ_H: tokens whose predicted objective shift is not within ±τ_H are left out.", 0)
        .Flag("one-sided", o => o.OneSided, (o, v) => o with { OneSided = v }, "Leave out tokens with a negative objective shift as well.")
        .Integer("calibration-steps", o => o.CalibrationSteps, (o, v) => o with { CalibrationSteps = v }, "Steps that accept every token and then set both limits; 0 for the limits as given.", 0, 100_000)
        .Number("quantile", o => o.Quantile, (o, v) => o with { Quantile = v }, "The quantile of the shifts seen in calibration that becomes the limit.", 0, 1)
        .Flag("adam", o => o.Adam, (o, v) => o with { Adam = v }, "Model Adam; otherwise plain gradient ascent.")
        .Number("beta1", o => o.Beta1, (o, v) => o with { Beta1 = v }, "β1 of the model of Adam.", 0, 0.999999)
        .Number("beta2", o => o.Beta2, (o, v) => o with { Beta2 = v }, "β2 of the model of Adam.", 0, 0.999999)
        .Integer("top", o => o.Top, (o, v) => o with { Top = v }, "The most probable rows of the vocabulary that the model looks at, beside the sampled one.", 1, 1_000_000);
}
