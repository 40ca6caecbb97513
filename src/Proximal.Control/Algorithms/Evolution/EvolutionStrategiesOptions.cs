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

    internal override void Validate()
    {
        base.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(Pairs, 1, nameof(Pairs));
        CheckPositive(NoiseDeviation, nameof(NoiseDeviation));
        CheckPositive(LearningRate, nameof(LearningRate));
        ArgumentOutOfRangeException.ThrowIfNegative(WeightDecay, nameof(WeightDecay));
    }
}
