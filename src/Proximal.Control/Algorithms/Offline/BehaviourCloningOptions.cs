using Proximal.Models.Networks;

namespace Proximal.Control.Algorithms.Offline;

/// <summary>Settings of <see cref="BehaviourCloning"/>.</summary>
public sealed record BehaviourCloningOptions : OfflineOptions
{
    /// <summary>The share of trajectories, those with the largest returns, that are imitated: 0.1 is "10% BC".</summary>
    public double BestShare { get; init; } = 1;

    /// <summary>Whether continuous actions are learned by likelihood, with a standard deviation, instead of by squared error.</summary>
    public bool Likelihood { get; init; }

    /// <summary>Layers of the network.</summary>
    public NetworkSettings Network { get; init; } = new() { Hidden = [256, 256], Activation = Activation.Relu, Orthogonal = false };

    /// <summary>Learning rate of Adam.</summary>
    public double LearningRate { get; init; } = 3e-4;

    internal override void Validate()
    {
        base.Validate();
        Network.Validate();
        CheckPositive(LearningRate, nameof(LearningRate));
        CheckPositive(BestShare, nameof(BestShare));
        CheckShare(BestShare, nameof(BestShare));
    }
}
