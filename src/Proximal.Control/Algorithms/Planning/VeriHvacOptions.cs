using Proximal.Control.Buildings;
using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Control.Algorithms.Planning;

/// <summary>Settings of <see cref="VeriHvac"/>; the defaults are those of the paper.</summary>
public sealed record VeriHvacOptions
{
    /// <summary>Share of random setpoints among those of the rule thermostat while history is collected.</summary>
    public double Exploration { get; init; } = 0.5;

    /// <summary>Horizon, sequences, discount and comfort of random shooting.</summary>
    public ShootingOptions Shooting { get; init; } = new();

    /// <summary>Layers and training of the thermal model.</summary>
    public ThermalModelOptions Model { get; init; } = new();

    /// <summary>Seed of episodes, exploration and first weights.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<VeriHvacOptions> Schema { get; } = new OptionSchema<VeriHvacOptions>(() => new VeriHvacOptions())
        .Number("exploration", o => o.Exploration, (o, v) => o with { Exploration = v }, "Share of random setpoints among those of the rule thermostat while history is collected.", 0, 1)
        .Integer("horizon", o => o.Shooting.Horizon, (o, v) => o with { Shooting = o.Shooting with { Horizon = v } }, "Quarter-hours that plans look ahead.", 1, ShootingOptions.LongestHorizon)
        .Integer("sequences", o => o.Shooting.Sequences, (o, v) => o with { Shooting = o.Shooting with { Sequences = v } }, "Random plans that are compared for each decision.", 1, ShootingOptions.MostSequences)
        .Number("discount", o => o.Shooting.Discount, (o, v) => o with { Shooting = o.Shooting with { Discount = v } }, "Discount of rewards within a plan.", 1e-9, 1)
        .Number("comfort-low", o => o.Shooting.Comfort.Low, (o, v) => o with { Shooting = o.Shooting with { Comfort = o.Shooting.Comfort with { Low = v } } }, "The lowest comfortable temperature.", -50, 100)
        .Number("comfort-high", o => o.Shooting.Comfort.High, (o, v) => o with { Shooting = o.Shooting with { Comfort = o.Shooting.Comfort with { High = v } } }, "The highest comfortable temperature.", -50, 100)
        .HiddenLayers("hidden", o => o.Model.Hidden, (o, v) => o with { Model = o.Model with { Hidden = v } }, "Sizes of the model's hidden layers.")
        .Nonlinearity(o => o.Model.Activation, (o, v) => o with { Model = o.Model with { Activation = v } })
        .Integer("epochs", o => o.Model.Epochs, (o, v) => o with { Model = o.Model with { Epochs = v } }, "Passes of the model over the history.", 1, 1_000_000)
        .Integer("batch", o => o.Model.Batch, (o, v) => o with { Model = o.Model with { Batch = v } }, "Rows of a minibatch of the model.", 1, 1 << 20)
        .Number("learning-rate", o => o.Model.LearningRate, (o, v) => o with { Model = o.Model with { LearningRate = v } }, "Learning rate of Adam at the beginning; it falls to 0 along half a cosine.", 1e-9, 1)
        .Rule(o => o.Shooting.Comfort.Low < o.Shooting.Comfort.High ? null : $"'comfort-low' is {o.Shooting.Comfort.Low}, expected less than 'comfort-high', {o.Shooting.Comfort.High}");
}
