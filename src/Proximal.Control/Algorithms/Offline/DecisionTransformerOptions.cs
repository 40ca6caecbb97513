using Proximal.Control.Policies;

namespace Proximal.Control.Algorithms.Offline;

/// <summary>Settings of <see cref="DecisionTransformer"/>.</summary>
public sealed record DecisionTransformerOptions : OfflineOptions
{
    /// <summary>Settings with the batch size of the paper, 64 sequences.</summary>
    public DecisionTransformerOptions() => BatchSize = 64;

    /// <summary>Sizes of the network and the return to follow; where no target return is set, the largest return of the data.</summary>
    public DecisionTransformerSettings Network { get; init; } = new();

    /// <summary>Learning rate of AdamW.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>Weight decay of AdamW.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Updates over which the learning rate rises.</summary>
    public int WarmupUpdates { get; init; } = 10_000;

    /// <summary>The largest norm of a gradient.</summary>
    public double GradientLimit { get; init; } = 0.25;

    internal override void Validate()
    {
        base.Validate();
        Network.Validate();
        CheckPositive(LearningRate, nameof(LearningRate));
        CheckPositive(GradientLimit, nameof(GradientLimit));
        ArgumentOutOfRangeException.ThrowIfNegative(WeightDecay, nameof(WeightDecay));
        ArgumentOutOfRangeException.ThrowIfNegative(WarmupUpdates, nameof(WarmupUpdates));
    }
}
