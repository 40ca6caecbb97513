using Proximal.Control.Learning;
using Proximal.Recipes;

namespace Proximal.Control.Algorithms.OffPolicy;

/// <summary>Options of <see cref="Sac"/> and <see cref="DiscreteSac"/>.</summary>
public sealed record SacOptions : OffPolicyOptions
{
    /// <summary>Learning rate of the policy.</summary>
    public double PolicyLearningRate { get; init; } = 3e-4;

    /// <summary>Learning rate of the critics and of the temperature.</summary>
    public double CriticLearningRate { get; init; } = 1e-3;

    /// <summary>Updates of the critics between updates of the policy, of which as many are then made.</summary>
    public int PolicyFrequency { get; init; } = 2;

    /// <summary>tau of the target networks.</summary>
    public double TargetRate { get; init; } = 0.005;

    /// <summary>Whether the temperature is learned.</summary>
    public bool AutomaticTemperature { get; init; } = true;

    /// <summary>alpha, or its first value where it is learned.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>
    /// The entropy that the temperature is to reach, as a factor: of the number of actions' dimensions, negative, for <see cref="Sac"/>
    /// (H = -dim with the default 1), and of the largest entropy, log of the number of actions, for <see cref="DiscreteSac"/>.
    /// </summary>
    public double EntropyScale { get; init; } = 1;

    /// <summary>
    /// rho, the correlation of the noise of successive steps in <see cref="Sac"/>: u_t = mu + std x_t with x_t = rho x_{t-1} + sqrt(1 - rho^2) e_t.
    /// The distribution of each action does not depend on it; 0 is white noise, and 1 - 1 / T lasts for about T steps. No part of
    /// <see cref="DiscreteSac"/>, whose recipes do not have it.
    /// </summary>
    public double ExplorationCorrelation { get; init; }

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<SacOptions> Schema { get; } = CreateSchema(() => new SacOptions(), continuous: true);

    /// <summary>The schema with other defaults, as presets have them.</summary>
    internal static OptionSchema<SacOptions> CreateSchema(Func<SacOptions> defaults, bool continuous)
    {
        OptionSchema<SacOptions> schema = Shared(defaults);
        return continuous
            ? schema.Number("exploration-correlation", o => o.ExplorationCorrelation, (o, v) => o with { ExplorationCorrelation = v }, "Correlation of the noise of actions between steps; 0 for white noise.", 0, 0.9999)
            : schema;
    }

    private static OptionSchema<SacOptions> Shared(Func<SacOptions> defaults) => new OptionSchema<SacOptions>(defaults)
        .OffPolicy()
        .Number("policy-learning-rate", o => o.PolicyLearningRate, (o, v) => o with { PolicyLearningRate = v }, "Learning rate of the policy.", 0, 1)
        .Number("critic-learning-rate", o => o.CriticLearningRate, (o, v) => o with { CriticLearningRate = v }, "Learning rate of critics and temperature.", 0, 1)
        .Integer("policy-frequency", o => o.PolicyFrequency, (o, v) => o with { PolicyFrequency = v }, "Updates of the critics between updates of the policy, of which as many are then made.", 1, 1 << 16)
        .Number("target-rate", o => o.TargetRate, (o, v) => o with { TargetRate = v }, "tau of the target networks.", 0, 1)
        .Flag("automatic-temperature", o => o.AutomaticTemperature, (o, v) => o with { AutomaticTemperature = v }, "Whether the temperature is learned.")
        .Number("temperature", o => o.Temperature, (o, v) => o with { Temperature = v }, "alpha, or its first value where it is learned.", 0, 1e6)
        .Number("entropy-scale", o => o.EntropyScale, (o, v) => o with { EntropyScale = v }, "Factor of the entropy that the temperature is to reach.", 0, 100)
        .Rule(o => o.AutomaticTemperature && o.Temperature <= 0 ? "'temperature' is 0, expected more where it is learned" : null);
}
