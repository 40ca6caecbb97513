namespace Proximal.Worlds.Knowledge;

/// <summary>A question about a world: its meaning, its words, and its answers.</summary>
public sealed record Question
{
    /// <summary>What it asks for.</summary>
    public required QuestionKind Kind { get; init; }

    /// <summary>Level, 1 to 4.</summary>
    public required int Level { get; init; }

    /// <summary>Of which entity a chain asks; null for other kinds.</summary>
    public Term? Subject { get; init; }

    /// <summary>What a chain asks of its subject, and by what comparisons and superlatives compare.</summary>
    public Predicate Asked { get; init; }

    /// <summary>The objects that the answer must have: one of an inverse question or a superlative, two of an intersection.</summary>
    public IReadOnlyList<(Predicate Relation, Term Object)> Constraints { get; init; } = [];

    /// <summary>The names that a comparison is between.</summary>
    public IReadOnlyList<int[]> Choices { get; init; } = [];

    /// <summary>The words. [tokens]</summary>
    public int[] Tokens { get; init; } = [];

    /// <summary>The answers that count as right; not the true ones where labels are corrupted.</summary>
    public IReadOnlyList<int[]> Answers { get; init; } = [];

    /// <summary>The true answers.</summary>
    public IReadOnlyList<int[]> TrueAnswers { get; init; } = [];

    /// <summary>The facts that lead to the answer, in order.</summary>
    public IReadOnlyList<Fact> GoldFacts { get; init; } = [];

    /// <summary>The documents that state them, each once.</summary>
    public IReadOnlyList<int> GoldDocuments { get; init; } = [];

    /// <summary>Turns that the expert needs, the answer included; 0 where it does not find the answer.</summary>
    public int ExpertTurns { get; init; }

    /// <summary>Searches and accesses that the expert needs.</summary>
    public int ExpertCalls => Math.Max(0, ExpertTurns - 1);

    /// <summary>Facts that have to be found.</summary>
    public int Hops => GoldFacts.Count;
}
