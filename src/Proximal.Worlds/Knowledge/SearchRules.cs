namespace Proximal.Worlds.Knowledge;

/// <summary>What an episode allows.</summary>
public sealed record SearchRules
{
    /// <summary>Turns, the answer included.</summary>
    public int Turns { get; init; } = 6;

    /// <summary>Searches and accesses; further ones are answered <c>budget</c>. 0 closes the book: nothing can be looked up.</summary>
    public int ToolCalls { get; init; } = 128;

    /// <summary>The most tokens of a query.</summary>
    public int QueryTokens { get; init; } = 8;

    /// <summary>Whether every search must be judged by the next turn, and an answer is refused after results that were judged useless (ReSeek).</summary>
    public bool Judged { get; init; }

    /// <summary>Whether reports are understood (IterResearch).</summary>
    public bool Reports { get; init; }
}
