using Proximal.Recipes;
using Proximal.Regularizers;

namespace Proximal.Rewards;

/// <summary>Options of <see cref="KlReward"/>.</summary>
public sealed record KlRewardOptions
{
    /// <summary>β, the start value when it is adaptive.</summary>
    public double Coefficient { get; init; } = 0.001;

    /// <summary>The estimator: k1, k2, k3 or abs.</summary>
    public KlEstimator Estimator { get; init; } = KlEstimator.K1;

    /// <summary>Whether β follows <see cref="KlController"/>.</summary>
    public bool Adaptive { get; init; }

    /// <summary>KL_target of the adaptive coefficient.</summary>
    public double Target { get; init; } = 0.1;

    /// <summary>Horizon of the adaptive coefficient, in sequences.</summary>
    public double Horizon { get; init; } = 10000;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<KlRewardOptions> Schema { get; } = new OptionSchema<KlRewardOptions>(() => new KlRewardOptions())
        .Number("coefficient", o => o.Coefficient, (o, v) => o with { Coefficient = v }, "β; the start value when it is adaptive.", 0, 1e6)
        .Choice(
            "estimator",
            o => o.Estimator,
            (o, v) => o with { Estimator = v },
            "Estimator of KL(old policy || reference).",
            ("k1", KlEstimator.K1),
            ("k2", KlEstimator.K2),
            ("k3", KlEstimator.K3),
            ("abs", KlEstimator.Absolute))
        .Flag("adaptive", o => o.Adaptive, (o, v) => o with { Adaptive = v }, "Steer β towards the target.")
        .Number("target", o => o.Target, (o, v) => o with { Target = v }, "KL_target of the adaptive β, in nats a token.", 1e-9, 1e6)
        .Number("horizon", o => o.Horizon, (o, v) => o with { Horizon = v }, "Horizon of the adaptive β, in sequences.", 1, 1e12);
}
