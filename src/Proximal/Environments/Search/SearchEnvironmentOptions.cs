using Proximal.Recipes;
using Proximal.Worlds.Knowledge;

namespace Proximal.Environments.Search;

/// <summary>Options of <see cref="SearchEnvironment"/>.</summary>
public sealed record SearchEnvironmentOptions
{
    /// <summary>What an episode allows.</summary>
    public SearchRules Rules { get; init; } = new();

    /// <summary>The most tokens of one turn.</summary>
    public int TurnTokens { get; init; } = 32;

    /// <summary>What the verdict scores.</summary>
    public AnswerScore Score { get; init; }

    /// <summary>Whether an episode with a malformed turn scores 0.</summary>
    public bool FormatGate { get; init; }

    /// <summary>Probability that a query of a demonstration is mistaken.</summary>
    public double ExpertNoise { get; init; }

    /// <summary>Whether demonstrations notice their mistakes and ask again.</summary>
    public bool Recover { get; init; } = true;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<SearchEnvironmentOptions> Schema { get; } = new OptionSchema<SearchEnvironmentOptions>(() => new SearchEnvironmentOptions())
        .Integer("turns", o => o.Rules.Turns, (o, v) => o with { Rules = o.Rules with { Turns = v } }, "Turns of an episode, the answer included.", 1, 128)
        .Integer("turn-tokens", o => o.TurnTokens, (o, v) => o with { TurnTokens = v }, "The most tokens of one turn.", 1, 1_048_576)
        .Integer("tool-calls", o => o.Rules.ToolCalls, (o, v) => o with { Rules = o.Rules with { ToolCalls = v } }, "Searches and accesses of an episode; 0 closes the book.", 0, 128)
        .Integer("query-tokens", o => o.Rules.QueryTokens, (o, v) => o with { Rules = o.Rules with { QueryTokens = v } }, "The most words of a query.", 1, 64)
        .Flag("judged", o => o.Rules.Judged, (o, v) => o with { Rules = o.Rules with { Judged = v } }, "Every search has to be judged, and useless results allow no answer.")
        .Flag("reports", o => o.Rules.Reports, (o, v) => o with { Rules = o.Rules with { Reports = v } }, "Turns may be reports.")
        .Choice(
            "score", o => o.Score, (o, v) => o with { Score = v }, "What the verdict scores; right is always the exact match.",
            ("em", AnswerScore.ExactMatch), ("sub-em", AnswerScore.Contains), ("f1", AnswerScore.TokenF1), ("ans-f1", AnswerScore.AnswerF1), ("recall", AnswerScore.Recall))
        .Flag("format-gate", o => o.FormatGate, (o, v) => o with { FormatGate = v }, "An episode with a malformed turn scores 0.")
        .Number("expert-noise", o => o.ExpertNoise, (o, v) => o with { ExpertNoise = v }, "Probability that a query of a demonstration is mistaken.", 0, 1)
        .Flag("recover", o => o.Recover, (o, v) => o with { Recover = v }, "Demonstrations notice their mistakes and ask again; otherwise they believe what they find.");
}
