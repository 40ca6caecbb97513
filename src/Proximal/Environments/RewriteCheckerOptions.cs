using Proximal.Recipes;

namespace Proximal.Environments;

/// <summary>Options of <see cref="RewriteChecker"/>.</summary>
public sealed record RewriteCheckerOptions
{
    /// <summary>Proposals in one episode.</summary>
    public int Turns { get; init; } = 8;

    /// <summary>The most tokens of one turn.</summary>
    public int TurnTokens { get; init; } = 8;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<RewriteCheckerOptions> Schema { get; } = new OptionSchema<RewriteCheckerOptions>(() => new RewriteCheckerOptions())
        .Integer("turns", o => o.Turns, (o, v) => o with { Turns = v }, "Proposals in one episode.", 1, 1_000)
        .Integer("turn-tokens", o => o.TurnTokens, (o, v) => o with { TurnTokens = v }, "The most tokens of one turn.", 1, 1_048_576);
}
