using Proximal.Recipes;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Optimizers;

/// <summary>Orthogonalized momentum for matrices; the other weights take AdamW. Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks".</summary>
public sealed record MuonSettings : OptimizerSettings
{
    /// <inheritdoc/>
    public override double LearningRate { get; init; } = 0.02;

    /// <summary>Share of the last update that is kept.</summary>
    public double Momentum { get; init; } = 0.95;

    /// <summary>Share of the weight that is taken off a step, times the learning rate.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Learning rate of the AdamW that takes the weights which are no matrices.</summary>
    public double OtherLearningRate { get; init; } = 1e-3;

    /// <inheritdoc/>
    public override int StatesPerWeight => 2;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<MuonSettings> Schema { get; } = new OptionSchema<MuonSettings>(() => new MuonSettings())
        .Number("learning-rate", o => o.LearningRate, (o, v) => o with { LearningRate = v }, "Peak learning rate, lr; the schedule multiplies it.", 0, 10)
        .Number("momentum", o => o.Momentum, (o, v) => o with { Momentum = v }, "Share of the last update that is kept.", 0, 1)
        .Number("weight-decay", o => o.WeightDecay, (o, v) => o with { WeightDecay = v }, "Share of the weight that is taken off a step, times the learning rate.", 0)
        .Number("other-learning-rate", o => o.OtherLearningRate, (o, v) => o with { OtherLearningRate = v }, "Learning rate of the AdamW that takes the weights which are no matrices.", 0, 10)
        .Rule(o => o.Momentum < 1 ? null : "'momentum' is 1, expected less than 1");

    /// <inheritdoc/>
    public override Optimizer Create(IReadOnlyList<Parameter> parameters, Workers workers) => new Muon(
        parameters,
        new MuonOptions
        {
            LearningRate = LearningRate,
            Momentum = Momentum,
            WeightDecay = WeightDecay,
            Others = new AdamOptions { LearningRate = OtherLearningRate, Beta2 = 0.95, Epsilon = 1e-10 },
        },
        workers);
}
