using Proximal.Recipes;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Optimizers;

/// <summary>Adam with decoupled weight decay. Loshchilov and Hutter 2019, "Decoupled weight decay regularization".</summary>
public sealed record AdamWSettings : OptimizerSettings
{
    /// <inheritdoc/>
    public override double LearningRate { get; init; } = 1e-3;

    /// <summary>Decay of the first moment, b1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the second moment, b2.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the second moment.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Share of the weight that is taken off a step, times the learning rate.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <inheritdoc/>
    public override int StatesPerWeight => 2;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<AdamWSettings> Schema { get; } = new OptionSchema<AdamWSettings>(() => new AdamWSettings())
        .Number("learning-rate", o => o.LearningRate, (o, v) => o with { LearningRate = v }, "Peak learning rate, lr; the schedule multiplies it.", 0, 10)
        .Number("beta1", o => o.Beta1, (o, v) => o with { Beta1 = v }, "Decay of the first moment, b1.", 0, 1)
        .Number("beta2", o => o.Beta2, (o, v) => o with { Beta2 = v }, "Decay of the second moment, b2.", 0, 1)
        .Number("epsilon", o => o.Epsilon, (o, v) => o with { Epsilon = v }, "Added to the root of the second moment.", 0)
        .Number("weight-decay", o => o.WeightDecay, (o, v) => o with { WeightDecay = v }, "Share of the weight that is taken off a step, times the learning rate.", 0)
        .Rule(o => o.Beta1 < 1 ? null : "'beta1' is 1, expected less than 1")
        .Rule(o => o.Beta2 < 1 ? null : "'beta2' is 1, expected less than 1");

    /// <inheritdoc/>
    public override Optimizer Create(IReadOnlyList<Parameter> parameters, Workers workers) => new AdamW(
        parameters,
        new AdamOptions { LearningRate = LearningRate, Beta1 = Beta1, Beta2 = Beta2, Epsilon = Epsilon, WeightDecay = WeightDecay },
        workers);
}
