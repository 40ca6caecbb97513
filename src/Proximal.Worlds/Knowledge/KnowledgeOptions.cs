namespace Proximal.Worlds.Knowledge;

/// <summary>Size and faults of a generated world.</summary>
public sealed record KnowledgeOptions
{
    /// <summary>N: entities, one document each. 60 is extra small, 300 medium, 1200 large.</summary>
    public int Entities { get; init; } = 300;

    /// <summary>lex: words of each predicate, 1 or 2; each sentence picks one.</summary>
    public int Synonyms { get; init; } = 1;

    /// <summary>p_in: share of edges that the document of the object mentions too.</summary>
    public double IncomingShare { get; init; } = 0.3;

    /// <summary>n_fill: the most sentences of a document that say nothing, 0 to 3.</summary>
    public int Fillers { get; init; } = 1;

    /// <summary>p_mis: share of facts that the documents state wrongly.</summary>
    public double MisstatedShare { get; init; }

    /// <summary>p_drop: share of sentences that are missing.</summary>
    public double DroppedShare { get; init; }

    /// <summary>p_dup: share of entities with a second document of the same title and other facts.</summary>
    public double DuplicateShare { get; init; }

    /// <summary>Share of people and works that carry the name of another one.</summary>
    public double HomonymShare { get; init; }

    /// <summary>k: documents that a search finds.</summary>
    public int Results { get; init; } = 3;

    /// <summary>The most tokens of a document that a search shows.</summary>
    public int SnippetTokens { get; init; } = 24;

    /// <summary>The most tokens of a document that an access shows.</summary>
    public int DocumentTokens { get; init; } = 96;

    /// <summary>The first impossible value as a sentence that names it, or null.</summary>
    public string? FindFault() =>
        Range("entities", Entities, 40, 3600)
        ?? Range("synonyms", Synonyms, 1, 2)
        ?? Range("incoming-share", IncomingShare, 0, 1)
        ?? Range("fillers", Fillers, 0, 3)
        ?? Range("misstated-share", MisstatedShare, 0, 1)
        ?? Range("dropped-share", DroppedShare, 0, 1)
        ?? Range("duplicate-share", DuplicateShare, 0, 1)
        ?? Range("homonym-share", HomonymShare, 0, 0.5)
        ?? Range("results", Results, 1, 10)
        ?? Range("snippet-tokens", SnippetTokens, 10, 96)
        ?? Range("document-tokens", DocumentTokens, 10, 512);

    private static string? Range(string key, double value, double minimum, double maximum) => value >= minimum && value <= maximum
        ? null
        : FormattableString.Invariant($"'{key}' is {value}, expected {minimum} to {maximum}");
}
