namespace Proximal.Analysis.Diagnostics;

/// <summary>What <see cref="TokenStatistics"/> computes beside the fixed columns.</summary>
public sealed record TokenStatisticsOptions
{
    /// <summary>Number of highest log-probabilities kept per token, at least 1. A smaller vocabulary keeps all of its own.</summary>
    public int TopK { get; init; } = 5;

    /// <summary>Tokens in a window of entropy, at least 1.</summary>
    public int WindowWidth { get; init; } = 4;

    /// <summary>Where the window lies.</summary>
    public WindowPlacement WindowPlacement { get; init; } = WindowPlacement.Following;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(TopK, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(WindowWidth, 1);
    }
}
