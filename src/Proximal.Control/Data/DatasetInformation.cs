namespace Proximal.Control.Data;

/// <summary>Where transitions come from.</summary>
public sealed record DatasetInformation
{
    /// <summary>Name of the environment.</summary>
    public string Environment { get; init; } = "unknown";

    /// <summary>Who acted, as <c>random</c>, <c>medium</c> or <c>expert</c>.</summary>
    public string Source { get; init; } = "unknown";

    /// <summary>Seed of the collection.</summary>
    public ulong Seed { get; init; }

    /// <summary>Mean return of the random policy, for normalized scores; null when it is not known.</summary>
    public double? RandomReturn { get; init; }

    /// <summary>Mean return of an expert, for normalized scores; null when it is not known.</summary>
    public double? ExpertReturn { get; init; }
}
