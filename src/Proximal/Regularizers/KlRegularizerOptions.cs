using Proximal.Recipes;

namespace Proximal.Regularizers;

/// <summary>Options of <see cref="KlRegularizer"/>.</summary>
public sealed record KlRegularizerOptions
{
    /// <summary>β, the start value when it is adaptive.</summary>
    public double Coefficient { get; init; } = 0.04;

    /// <summary>The estimator.</summary>
    public KlEstimator Estimator { get; init; } = KlEstimator.K3;

    /// <summary>Whether the estimate is multiplied by the detached token ratio π_θ/π_old, which makes it unbiased off policy.</summary>
    public bool ImportanceWeighted { get; init; }

    /// <summary>Whether β follows <see cref="KlController"/>.</summary>
    public bool Adaptive { get; init; }

    /// <summary>KL_target of the adaptive coefficient.</summary>
    public double Target { get; init; } = 0.1;

    /// <summary>Horizon of the adaptive coefficient, in sequences.</summary>
    public double Horizon { get; init; } = 10000;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<KlRegularizerOptions> Schema { get; } = new OptionSchema<KlRegularizerOptions>(() => new KlRegularizerOptions())
        .Number("coefficient", o => o.Coefficient, (o, v) => o with { Coefficient = v }, "β; the start value when it is adaptive.", 0, 1e6)
        .Choice("estimator", o => o.Estimator, (o, v) => o with { Estimator = v }, "Estimator of KL(policy || reference).", KlDivergence.Names)
        .Flag("importance-weighted", o => o.ImportanceWeighted, (o, v) => o with { ImportanceWeighted = v }, "Multiply by the detached token ratio of new to old policy.")
        .Flag("adaptive", o => o.Adaptive, (o, v) => o with { Adaptive = v }, "Steer β towards the target.")
        .Number("target", o => o.Target, (o, v) => o with { Target = v }, "KL_target of the adaptive β, in nats a token.", 1e-9, 1e6)
        .Number("horizon", o => o.Horizon, (o, v) => o with { Horizon = v }, "Horizon of the adaptive β, in sequences.", 1, 1e12);
}
