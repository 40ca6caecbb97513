using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Control.Algorithms.Evolution;

/// <summary>Settings of <see cref="EvolutionStrategies"/>.</summary>
public sealed record EvolutionStrategiesOptions : EvolutionOptions
{
    /// <summary>Antithetic pairs of candidates per iteration, n; 1 or more.</summary>
    public int Pairs { get; init; } = 100;

    /// <summary>Standard deviation of the noise, sigma (0.02 for large networks, 0.05 for small ones).</summary>
    public double NoiseDeviation { get; init; } = 0.05;

    /// <summary>Learning rate of Adam.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Decay of the parameters, added to the gradient.</summary>
    public double WeightDecay { get; init; } = 0.005;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<EvolutionStrategiesOptions> Schema { get; } = new OptionSchema<EvolutionStrategiesOptions>(() => new EvolutionStrategiesOptions())
        .Integer("pairs", o => o.Pairs, (o, v) => o with { Pairs = v }, "Antithetic pairs of candidates per iteration, n.", 1, 1_000_000)
        .Number("noise-deviation", o => o.NoiseDeviation, (o, v) => o with { NoiseDeviation = v }, "Standard deviation of the noise, sigma.", 1e-9)
        .Number("learning-rate", o => o.LearningRate, (o, v) => o with { LearningRate = v }, "Learning rate of Adam.", 1e-12, 10)
        .Number("weight-decay", o => o.WeightDecay, (o, v) => o with { WeightDecay = v }, "Decay of the parameters, added to the gradient.", 0)
        .Integer("episodes", o => o.EpisodesPerCandidate, (o, v) => o with { EpisodesPerCandidate = v }, "Episodes with which a candidate is judged.", 1, 10_000)
        .Flag("scale-observations", o => o.ScaleObservations, (o, v) => o with { ScaleObservations = v }, "Whether observations are scaled by the mean and deviation of all that candidates have seen.")
        .HiddenLayers("hidden", o => o.Hidden, (o, v) => o with { Hidden = v }, "Sizes of the policy's hidden layers; none for a linear policy.")
        .Nonlinearity(o => o.Activation, (o, v) => o with { Activation = v });

    internal override void Validate()
    {
        base.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(Pairs, 1, nameof(Pairs));
        CheckPositive(NoiseDeviation, nameof(NoiseDeviation));
        CheckPositive(LearningRate, nameof(LearningRate));
        ArgumentOutOfRangeException.ThrowIfNegative(WeightDecay, nameof(WeightDecay));
    }
}
