using Proximal.Recipes;

namespace Proximal.Environments;

/// <summary>Options of <see cref="CalculatorEnvironment"/>.</summary>
public sealed record CalculatorOptions
{
    /// <summary>Calls that are answered in one episode, malformed ones included; a further call ends it without an answer.</summary>
    public int Calls { get; init; } = 5;

    /// <summary>The most tokens of one turn.</summary>
    public int TurnTokens { get; init; } = 32;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<CalculatorOptions> Schema { get; } = new OptionSchema<CalculatorOptions>(() => new CalculatorOptions())
        .Integer("calls", o => o.Calls, (o, v) => o with { Calls = v }, "Calls that are answered in one episode, malformed ones included; a further one ends it.", 0, 1_000)
        .Integer("turn-tokens", o => o.TurnTokens, (o, v) => o with { TurnTokens = v }, "The most tokens of one turn.", 1, 1_048_576);
}
