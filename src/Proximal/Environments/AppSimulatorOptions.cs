using Proximal.Recipes;

namespace Proximal.Environments;

/// <summary>Options of <see cref="AppSimulator"/>.</summary>
public sealed record AppSimulatorOptions
{
    /// <summary>Commands of one episode.</summary>
    public int Turns { get; init; } = 12;

    /// <summary>The most tokens of one command.</summary>
    public int TurnTokens { get; init; } = 16;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<AppSimulatorOptions> Schema { get; } = new OptionSchema<AppSimulatorOptions>(() => new AppSimulatorOptions())
        .Integer("turns", o => o.Turns, (o, v) => o with { Turns = v }, "Commands of one episode.", 1, 1_000)
        .Integer("turn-tokens", o => o.TurnTokens, (o, v) => o with { TurnTokens = v }, "The most tokens of one command.", 1, 1_048_576);
}
