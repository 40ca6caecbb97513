using Proximal.Recipes;

namespace Proximal.Rewards;

/// <summary>Options of <see cref="RepetitionPenalty"/>.</summary>
public sealed record RepetitionPenaltyOptions
{
    /// <summary>Weight of the penalty; 1 in the paper.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>Share of equal tokens from which a block counts as a repetition of the last one; 1 for exact repetitions.</summary>
    public double Similarity { get; init; } = 1;

    /// <summary>Whether only responses that hit the token budget are looked at.</summary>
    public bool TruncatedOnly { get; init; } = true;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<RepetitionPenaltyOptions> Schema { get; } = new OptionSchema<RepetitionPenaltyOptions>(() => new RepetitionPenaltyOptions())
        .Number("factor", o => o.Factor, (o, v) => o with { Factor = v }, "Weight of the penalty.", 0, 1e6)
        .Number("similarity", o => o.Similarity, (o, v) => o with { Similarity = v }, "Share of equal tokens from which a block repeats the last one; 1 for exact repetitions.", 0.5, 1)
        .Flag("truncated-only", o => o.TruncatedOnly, (o, v) => o with { TruncatedOnly = v }, "Look only at responses that hit the token budget.");
}
