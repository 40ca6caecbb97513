namespace Proximal.Worlds.Knowledge;

/// <summary>What a question asks for.</summary>
public enum QuestionKind
{
    /// <summary>The end of a chain of relations, or an attribute of it: <c>what is the R of the Q of E ?</c></summary>
    Chain,

    /// <summary>The only subject with an object: <c>which T R E ?</c></summary>
    Inverse,

    /// <summary>The only subject with two objects: <c>which T R E and Q F ?</c></summary>
    Intersection,

    /// <summary>The earlier of two: <c>which one has earlier A : E or F ?</c></summary>
    Comparison,

    /// <summary>The largest of all subjects of an object: <c>which T R E has the largest A ?</c></summary>
    Superlative,

    /// <summary>A chain of one relation with two or three right answers.</summary>
    Ambiguous,
}
