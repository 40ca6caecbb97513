namespace Proximal.Weighting;

/// <summary>The response of a demonstration with what models say of its tokens; observations between its turns are left out.</summary>
public readonly ref struct ScoredDemonstration
{
    /// <summary>Log-probabilities under the model that learns, as it is now. [tokens of the response]</summary>
    public required ReadOnlySpan<float> Current { get; init; }

    /// <summary>Log-probabilities under the model that wrote the demonstration, recorded when it did; all 0 where no model wrote it. [tokens of the response]</summary>
    public required ReadOnlySpan<float> Teacher { get; init; }

    /// <summary>Whether it solves the problem.</summary>
    public bool IsRight { get; init; }
}
