using Proximal.Recipes;

namespace Proximal.Environments.Search;

/// <summary>Options of <see cref="CorpusEnvironment"/>.</summary>
public sealed record CorpusEnvironmentOptions
{
    /// <summary>Turns of an episode, the answer included.</summary>
    public int Turns { get; init; } = 6;

    /// <summary>The most tokens of one turn.</summary>
    public int TurnTokens { get; init; } = 128;

    /// <summary>Searches and accesses of an episode; 0 closes the book.</summary>
    public int ToolCalls { get; init; } = 128;

    /// <summary>k: documents that a search finds.</summary>
    public int Results { get; init; } = 3;

    /// <summary>Words of a document that a search shows.</summary>
    public int PassageWords { get; init; } = 48;

    /// <summary>Words of a document that an access shows.</summary>
    public int DocumentWords { get; init; } = 256;

    /// <summary>What the verdict scores.</summary>
    public AnswerScore Score { get; init; }

    /// <summary>Whether an episode with a malformed turn scores 0.</summary>
    public bool FormatGate { get; init; }

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<CorpusEnvironmentOptions> Schema { get; } = new OptionSchema<CorpusEnvironmentOptions>(() => new CorpusEnvironmentOptions())
        .Integer("turns", o => o.Turns, (o, v) => o with { Turns = v }, "Turns of an episode, the answer included.", 1, 128)
        .Integer("turn-tokens", o => o.TurnTokens, (o, v) => o with { TurnTokens = v }, "The most tokens of one turn.", 1, 1_048_576)
        .Integer("tool-calls", o => o.ToolCalls, (o, v) => o with { ToolCalls = v }, "Searches and accesses of an episode; 0 closes the book.", 0, 128)
        .Integer("results", o => o.Results, (o, v) => o with { Results = v }, "k: documents that a search finds.", 1, 20)
        .Integer("passage-words", o => o.PassageWords, (o, v) => o with { PassageWords = v }, "Words of a document that a search shows.", 1, 1024)
        .Integer("document-words", o => o.DocumentWords, (o, v) => o with { DocumentWords = v }, "Words of a document that an access shows.", 1, 8192)
        .Choice(
            "score", o => o.Score, (o, v) => o with { Score = v }, "What the verdict scores; right is always the exact match.",
            ("em", AnswerScore.ExactMatch), ("sub-em", AnswerScore.Contains), ("f1", AnswerScore.TokenF1))
        .Flag("format-gate", o => o.FormatGate, (o, v) => o with { FormatGate = v }, "An episode with a malformed turn scores 0.");
}
