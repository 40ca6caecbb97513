namespace Proximal.Runs;

/// <summary>A rollout of a <see cref="RolloutRecord"/>: a way from the root of the tree to a leaf, and what it earned. Texts are untrusted.</summary>
public sealed record RecordedPath
{
    /// <summary>Index of its last segment.</summary>
    public required int Leaf { get; init; }

    /// <summary>Why it stopped: <c>open</c>, <c>finished</c>, <c>truncated</c>, <c>failed</c> or another word.</summary>
    public required string End { get; init; }

    /// <summary>Whether the verifier found it right.</summary>
    public required bool Correct { get; init; }

    /// <summary>The verifier's score.</summary>
    public required double Score { get; init; }

    /// <summary>The weighted sum of the reward terms.</summary>
    public required float Reward { get; init; }

    /// <summary>Reward terms by name, weights not included.</summary>
    public required IReadOnlyDictionary<string, float> Terms { get; init; }

    /// <summary>What the environment counted, by name.</summary>
    public required IReadOnlyDictionary<string, double> Counters { get; init; }

    /// <summary>The text that the policy wrote.</summary>
    public required string Response { get; init; }

    /// <summary>Whether another model than the one that learned from it wrote it.</summary>
    public required bool IsForeign { get; init; }

    /// <summary>Numbers by the names of <see cref="RolloutColumn"/>, each with one for every token from root to leaf; NaN where one was not finite.</summary>
    public required IReadOnlyDictionary<string, float[]> Columns { get; init; }

    /// <summary>A column, or null where it was not recorded.</summary>
    public float[]? Column(string name) => Columns.GetValueOrDefault(name);
}
