using Proximal.Models.Networks;

namespace Proximal.Control.Algorithms.Evolution;

/// <summary>What all searches through parameters share.</summary>
public abstract record EvolutionOptions
{
    /// <summary>Sizes of the policy's hidden layers; none for a linear policy.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [];

    /// <summary>After the hidden layers.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>Whether observations are scaled by the mean and deviation of all that candidates have seen in earlier iterations, if they are a box.</summary>
    public bool ScaleObservations { get; init; }

    /// <summary>Episodes with which a candidate is judged, 1 or more.</summary>
    public int EpisodesPerCandidate { get; init; } = 1;

    /// <summary>Seed of first weights, noise and episodes.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads that judge candidates; as many as there are processors when 0.</summary>
    public int Workers { get; init; }

    internal virtual void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(EpisodesPerCandidate, 1, nameof(EpisodesPerCandidate));
        ArgumentOutOfRangeException.ThrowIfNegative(Workers, nameof(Workers));
    }

    private protected static void CheckPositive(double value, string name)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, "The value must be above 0 and finite.");
        }
    }
}
