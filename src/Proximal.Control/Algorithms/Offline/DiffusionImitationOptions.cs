using Proximal.Control.Policies;

namespace Proximal.Control.Algorithms.Offline;

/// <summary>Settings of <see cref="DiffusionImitation"/>.</summary>
public sealed record DiffusionImitationOptions : OfflineOptions
{
    /// <summary>Sizes of the policy.</summary>
    public DiffusionPolicySettings Policy { get; init; } = new();

    /// <summary>Peak learning rate of AdamW.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>Weight decay of AdamW.</summary>
    public double WeightDecay { get; init; } = 1e-6;

    /// <summary>Updates over which the learning rate rises; then it falls along a cosine to 0 at the end of learning.</summary>
    public int WarmupUpdates { get; init; } = 500;

    /// <summary>Exponent p of the average of weights, whose decay is 1 - (1 + update)^-p.</summary>
    public double AveragePower { get; init; } = 0.75;

    internal override void Validate()
    {
        base.Validate();
        Policy.Validate();
        CheckPositive(LearningRate, nameof(LearningRate));
        CheckPositive(AveragePower, nameof(AveragePower));
        ArgumentOutOfRangeException.ThrowIfNegative(WeightDecay, nameof(WeightDecay));
        ArgumentOutOfRangeException.ThrowIfNegative(WarmupUpdates, nameof(WarmupUpdates));
    }
}
