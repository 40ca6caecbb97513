using Proximal.Recipes;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Optimizers;

/// <summary>The sign of an interpolated momentum. Chen et al. 2023, "Symbolic discovery of optimization algorithms".</summary>
public sealed record LionSettings : OptimizerSettings
{
    /// <inheritdoc/>
    public override double LearningRate { get; init; } = 1e-4;

    /// <summary>Interpolation of the update, b1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the momentum, b2.</summary>
    public double Beta2 { get; init; } = 0.99;

    /// <summary>Share of the weight that is taken off a step, times the learning rate.</summary>
    public double WeightDecay { get; init; }

    /// <inheritdoc/>
    public override int StatesPerWeight => 1;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<LionSettings> Schema { get; } = new OptionSchema<LionSettings>(() => new LionSettings())
        .Number("learning-rate", o => o.LearningRate, (o, v) => o with { LearningRate = v }, "Peak learning rate, lr; the schedule multiplies it.", 0, 10)
        .Number("beta1", o => o.Beta1, (o, v) => o with { Beta1 = v }, "Interpolation of the update, b1.", 0, 1)
        .Number("beta2", o => o.Beta2, (o, v) => o with { Beta2 = v }, "Decay of the momentum, b2.", 0, 1)
        .Number("weight-decay", o => o.WeightDecay, (o, v) => o with { WeightDecay = v }, "Share of the weight that is taken off a step, times the learning rate.", 0)
        .Rule(o => o.Beta1 < 1 ? null : "'beta1' is 1, expected less than 1")
        .Rule(o => o.Beta2 < 1 ? null : "'beta2' is 1, expected less than 1");

    /// <inheritdoc/>
    public override Optimizer Create(IReadOnlyList<Parameter> parameters, Workers workers) => new Lion(
        parameters,
        new LionOptions { LearningRate = LearningRate, Beta1 = Beta1, Beta2 = Beta2, WeightDecay = WeightDecay },
        workers);
}
