namespace Proximal.Control.Algorithms.Offline;

/// <summary>Settings of <see cref="Awac"/>.</summary>
public sealed record AwacOptions : ValueLearningOptions
{
    /// <summary>lambda, the temperature of the weights exp(A / lambda), above 0.</summary>
    public double Lambda { get; init; } = 1;

    /// <summary>The largest weight.</summary>
    public double LargestWeight { get; init; } = 100;

    internal override void Validate()
    {
        base.Validate();
        CheckPositive(Lambda, nameof(Lambda));
        CheckPositive(LargestWeight, nameof(LargestWeight));
    }
}
