namespace Proximal.Control.Algorithms.Offline;

/// <summary>Settings of <see cref="ConservativeQLearning"/>.</summary>
public sealed record ConservativeQLearningOptions : ValueLearningOptions
{
    /// <summary>Settings with the learning rate of the policy that is customary, 3e-5, and three hidden layers.</summary>
    public ConservativeQLearningOptions()
    {
        PolicyLearningRate = 3e-5;
        Network = Network with { Hidden = [256, 256, 256] };
    }

    /// <summary>alpha of the penalty (5 for ant mazes); 0 is soft actor-critic. The first value where a gap is given.</summary>
    public double Alpha { get; init; } = 10;

    /// <summary>The penalty to which alpha is fitted (0.8 to 5); 0 keeps alpha as it is.</summary>
    public double Gap { get; init; }

    /// <summary>Actions drawn of each of three kinds: uniformly, from the policy in s, and from the policy in s'.</summary>
    public int Samples { get; init; } = 10;

    /// <summary>The first temperature of the policy's entropy, which is then learned.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Whether targets count the entropy of the next action, as in soft actor-critic.</summary>
    public bool BackupEntropy { get; init; }

    internal override void Validate()
    {
        base.Validate();
        ArgumentOutOfRangeException.ThrowIfNegative(Alpha, nameof(Alpha));
        ArgumentOutOfRangeException.ThrowIfNegative(Gap, nameof(Gap));
        CheckPositive(Temperature, nameof(Temperature));
        ArgumentOutOfRangeException.ThrowIfLessThan(Samples, 1, nameof(Samples));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Samples, 1000, nameof(Samples));
        if (Gap > 0 && Alpha == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(Alpha), Alpha, "Alpha must be above 0 where a gap is given.");
        }
    }
}
