using Proximal.Control.Learning;
using Proximal.Recipes;

namespace Proximal.Control.Algorithms.OffPolicy;

/// <summary>Options of <see cref="Td3"/> and <see cref="Ddpg"/>.</summary>
public sealed record Td3Options : OffPolicyOptions
{
    /// <summary>The defaults of TD3 as CleanRL has them.</summary>
    public Td3Options() => LearningStarts = 25_000;

    /// <summary>Learning rate of actor and critics.</summary>
    public double LearningRate { get; init; } = 3e-4;

    /// <summary>Number of critics, of which the smallest counts in targets: 2, or 1 for DDPG.</summary>
    public int Critics { get; init; } = 2;

    /// <summary>Updates of the critics to one of the actor and the target networks.</summary>
    public int PolicyDelay { get; init; } = 2;

    /// <summary>tau of the target networks.</summary>
    public double TargetRate { get; init; } = 0.005;

    /// <summary>Deviation of the noise on actions, in [-1, 1].</summary>
    public double ExplorationNoise { get; init; } = 0.1;

    /// <summary>
    /// rho, the correlation of the noise of successive steps: x_t = rho x_{t-1} + sqrt(1 - rho^2) e_t. The deviation does not depend on it;
    /// 0 is white noise, and 1 - 1 / T lasts for about T steps.
    /// </summary>
    public double ExplorationCorrelation { get; init; }

    /// <summary>Deviation of the noise on target actions.</summary>
    public double TargetNoise { get; init; } = 0.2;

    /// <summary>Bound of the noise on target actions.</summary>
    public double TargetNoiseClip { get; init; } = 0.5;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<Td3Options> Schema { get; } = CreateSchema(() => new Td3Options());

    /// <summary>The schema with other defaults, as presets have them.</summary>
    internal static OptionSchema<Td3Options> CreateSchema(Func<Td3Options> defaults) => new OptionSchema<Td3Options>(defaults)
        .OffPolicy()
        .Number("learning-rate", o => o.LearningRate, (o, v) => o with { LearningRate = v }, "Learning rate of actor and critics.", 0, 1)
        .Integer("critics", o => o.Critics, (o, v) => o with { Critics = v }, "Number of critics, of which the smallest counts in targets.", 1, 64)
        .Integer("policy-delay", o => o.PolicyDelay, (o, v) => o with { PolicyDelay = v }, "Updates of the critics to one of the actor and the target networks.", 1)
        .Number("target-rate", o => o.TargetRate, (o, v) => o with { TargetRate = v }, "tau of the target networks.", 0, 1)
        .Number("exploration-noise", o => o.ExplorationNoise, (o, v) => o with { ExplorationNoise = v }, "Deviation of the noise on actions.", 0, 10)
        .Number("exploration-correlation", o => o.ExplorationCorrelation, (o, v) => o with { ExplorationCorrelation = v }, "Correlation of the noise on actions between steps; 0 for white noise.", 0, 0.9999)
        .Number("target-noise", o => o.TargetNoise, (o, v) => o with { TargetNoise = v }, "Deviation of the noise on target actions.", 0, 10)
        .Number("target-noise-clip", o => o.TargetNoiseClip, (o, v) => o with { TargetNoiseClip = v }, "Bound of the noise on target actions.", 0, 10);
}
