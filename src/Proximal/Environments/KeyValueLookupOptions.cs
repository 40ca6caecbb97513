using Proximal.Recipes;

namespace Proximal.Environments;

/// <summary>Options of <see cref="KeyValueLookup"/>.</summary>
public sealed record KeyValueLookupOptions
{
    /// <summary>Turns of one episode, the answer included.</summary>
    public int Turns { get; init; } = 4;

    /// <summary>The most tokens of one turn.</summary>
    public int TurnTokens { get; init; } = 12;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<KeyValueLookupOptions> Schema { get; } = new OptionSchema<KeyValueLookupOptions>(() => new KeyValueLookupOptions())
        .Integer("turns", o => o.Turns, (o, v) => o with { Turns = v }, "Turns of one episode, the answer included.", 1, 1_000)
        .Integer("turn-tokens", o => o.TurnTokens, (o, v) => o with { TurnTokens = v }, "The most tokens of one turn.", 1, 1_048_576);
}
