using Proximal.Recipes;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Optimizers;

/// <summary>Stochastic gradient descent with momentum. Sutskever et al. 2013, "On the importance of initialization and momentum in deep learning".</summary>
public sealed record SgdSettings : OptimizerSettings
{
    /// <inheritdoc/>
    public override double LearningRate { get; init; } = 0.01;

    /// <summary>Share of the last update that is kept.</summary>
    public double Momentum { get; init; }

    /// <summary>Share of the weight that is taken off a step, times the learning rate.</summary>
    public double WeightDecay { get; init; }

    /// <inheritdoc/>
    public override int StatesPerWeight => Momentum > 0 ? 1 : 0;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<SgdSettings> Schema { get; } = new OptionSchema<SgdSettings>(() => new SgdSettings())
        .Number("learning-rate", o => o.LearningRate, (o, v) => o with { LearningRate = v }, "Peak learning rate, lr; the schedule multiplies it.", 0, 10)
        .Number("momentum", o => o.Momentum, (o, v) => o with { Momentum = v }, "Share of the last update that is kept.", 0, 1)
        .Number("weight-decay", o => o.WeightDecay, (o, v) => o with { WeightDecay = v }, "Share of the weight that is taken off a step, times the learning rate.", 0)
        .Rule(o => o.Momentum < 1 ? null : "'momentum' is 1, expected less than 1");

    /// <inheritdoc/>
    public override Optimizer Create(IReadOnlyList<Parameter> parameters, Workers workers) => new Sgd(parameters, new SgdOptions { LearningRate = LearningRate, Momentum = Momentum, WeightDecay = WeightDecay }, workers);
}
