namespace Proximal.Analysis.Health;

/// <summary>What is wrong with a run: one of the named rules with its evidence, and what to try.</summary>
public sealed record Finding
{
    /// <summary>Key of the rule, as <c>entropy-collapse</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>The finding as a headline.</summary>
    public required string Title { get; init; }

    /// <summary>How much it matters.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The step from which on it is seen.</summary>
    public required int FirstStep { get; init; }

    /// <summary>The last step at which it was seen.</summary>
    public required int LastStep { get; init; }

    /// <summary>The evidence in a sentence or two.</summary>
    public required string Evidence { get; init; }

    /// <summary>The numbers of the evidence by themselves.</summary>
    public required IReadOnlyList<FindingNumber> Numbers { get; init; }

    /// <summary>Names of the metrics that show it as curves.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>Recorded rollouts that show it; empty where none are recorded or none do.</summary>
    public IReadOnlyList<FindingExcerpt> Excerpts { get; init; } = [];

    /// <summary>What to try, the most promising first.</summary>
    public required IReadOnlyList<string> Advice { get; init; }
}
