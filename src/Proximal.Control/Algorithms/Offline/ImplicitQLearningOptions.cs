namespace Proximal.Control.Algorithms.Offline;

/// <summary>Settings of <see cref="ImplicitQLearning"/>.</summary>
public sealed record ImplicitQLearningOptions : ValueLearningOptions
{
    /// <summary>tau of the expectile, in (0, 1): 0.7, and 0.9 for mazes.</summary>
    public double Expectile { get; init; } = 0.7;

    /// <summary>beta of the policy's weights exp(beta A): 3, and 10 for mazes; 0 imitates.</summary>
    public double Beta { get; init; } = 3;

    /// <summary>The largest weight.</summary>
    public double LargestWeight { get; init; } = 100;

    /// <summary>Whether the policy's learning rate falls along a cosine to 0 at the end of learning.</summary>
    public bool CosineSchedule { get; init; } = true;

    internal override void Validate()
    {
        base.Validate();
        CheckPositive(LargestWeight, nameof(LargestWeight));
        ArgumentOutOfRangeException.ThrowIfNegative(Beta, nameof(Beta));
        if (!(Expectile is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Expectile), Expectile, "The expectile must be in (0, 1).");
        }
    }
}
