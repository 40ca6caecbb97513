using Proximal.Models.Networks;

namespace Proximal.Control.Algorithms.Offline;

/// <summary>What the learners from data with critics share.</summary>
public abstract record ValueLearningOptions : OfflineOptions
{
    /// <summary>gamma, in [0, 1).</summary>
    public double Discount { get; init; } = 0.99;

    /// <summary>tau of the target networks.</summary>
    public double TargetRate { get; init; } = 0.005;

    /// <summary>Learning rate of the policy.</summary>
    public double PolicyLearningRate { get; init; } = 3e-4;

    /// <summary>Learning rate of critics and values.</summary>
    public double CriticLearningRate { get; init; } = 3e-4;

    /// <summary>By which rewards are multiplied, above 0.</summary>
    public double RewardScale { get; init; } = 1;

    /// <summary>
    /// Whether observations are scaled to mean 0 and deviation 1 over the data set, if they are a box: what is small, such as a velocity, would else have no part
    /// in the values for a long time.
    /// </summary>
    public bool ScaleObservations { get; init; } = true;

    /// <summary>Layers of all networks.</summary>
    public NetworkSettings Network { get; init; } = new() { Hidden = [256, 256], Activation = Activation.Relu, Orthogonal = false };

    internal override void Validate()
    {
        base.Validate();
        Network.Validate();
        CheckShare(TargetRate, nameof(TargetRate));
        CheckPositive(PolicyLearningRate, nameof(PolicyLearningRate));
        CheckPositive(CriticLearningRate, nameof(CriticLearningRate));
        CheckPositive(RewardScale, nameof(RewardScale));
        if (!(Discount is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Discount), Discount, "The discount must be in [0, 1).");
        }
    }
}
