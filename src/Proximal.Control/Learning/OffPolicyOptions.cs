using Proximal.Models.Networks;

namespace Proximal.Control.Learning;

/// <summary>Settings that all off-policy algorithms share.</summary>
public abstract record OffPolicyOptions
{
    /// <summary>Copies of the environment that are stepped together.</summary>
    public int Environments { get; init; } = 1;

    /// <summary>Transitions that the replay buffer holds.</summary>
    public int BufferSize { get; init; } = 1_000_000;

    /// <summary>Transitions of an update.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Steps of the environment with random actions and without updates at the beginning.</summary>
    public int LearningStarts { get; init; } = 5000;

    /// <summary>Steps of the environment (over all copies) between updates.</summary>
    public int TrainFrequency { get; init; } = 1;

    /// <summary>Updates each time.</summary>
    public int GradientSteps { get; init; } = 1;

    /// <summary>gamma.</summary>
    public double Discount { get; init; } = 0.99;

    /// <summary>n: steps that a transition joins.</summary>
    public int NSteps { get; init; } = 1;

    /// <summary>Layers of the networks.</summary>
    public NetworkSettings Network { get; init; } = new() { Hidden = [256, 256], Activation = Activation.Relu, Orthogonal = false };

    /// <summary>Steps of the environment between two reports and possible checkpoints. No part of the results.</summary>
    public int StepsPerIteration { get; init; } = 500;
}
