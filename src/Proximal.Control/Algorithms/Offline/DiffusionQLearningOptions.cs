using Proximal.Models.Networks;

namespace Proximal.Control.Algorithms.Offline;

/// <summary>Settings of <see cref="DiffusionQLearning"/>.</summary>
public sealed record DiffusionQLearningOptions : ValueLearningOptions
{
    /// <summary>Settings with the networks of the paper: three hidden layers of 256 with Mish.</summary>
    public DiffusionQLearningOptions() => Network = new NetworkSettings { Hidden = [256, 256, 256], Activation = Activation.Mish, Orthogonal = false };

    /// <summary>eta: how much the critic counts against the data (0.01 to 3.5 in the paper); 0 imitates.</summary>
    public double Eta { get; init; } = 1;

    /// <summary>Steps of noise, N.</summary>
    public int NoiseSteps { get; init; } = 5;

    /// <summary>Actions among which one is chosen when acting.</summary>
    public int Candidates { get; init; } = 50;

    /// <summary>Decay of the average of the actor's weights.</summary>
    public double AverageDecay { get; init; } = 0.995;

    /// <summary>Updates between steps of the average.</summary>
    public int AverageFrequency { get; init; } = 5;

    /// <summary>Updates before the average begins: until then it is a copy of the actor, as first weights have no part in an average.</summary>
    public int AverageStarts { get; init; } = 1000;

    /// <summary>The largest norm of the actor's gradient; 0 for none.</summary>
    public double GradientLimit { get; init; } = 5;

    internal override void Validate()
    {
        base.Validate();
        ArgumentOutOfRangeException.ThrowIfNegative(Eta, nameof(Eta));
        ArgumentOutOfRangeException.ThrowIfNegative(GradientLimit, nameof(GradientLimit));
        ArgumentOutOfRangeException.ThrowIfLessThan(NoiseSteps, 1, nameof(NoiseSteps));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(NoiseSteps, 10_000, nameof(NoiseSteps));
        ArgumentOutOfRangeException.ThrowIfLessThan(Candidates, 1, nameof(Candidates));
        ArgumentOutOfRangeException.ThrowIfLessThan(AverageFrequency, 1, nameof(AverageFrequency));
        ArgumentOutOfRangeException.ThrowIfNegative(AverageStarts, nameof(AverageStarts));
        CheckShare(AverageDecay, nameof(AverageDecay));
    }
}
