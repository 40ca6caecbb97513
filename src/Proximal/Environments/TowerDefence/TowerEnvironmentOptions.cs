using Proximal.Recipes;
using Proximal.Tasks.Games;

namespace Proximal.Environments.TowerDefence;

/// <summary>Options of <see cref="TowerEnvironment"/>.</summary>
public sealed record TowerEnvironmentOptions
{
    /// <summary>Decisions of an episode. Each costs 5 symbols and up to 160 for what is seen then.</summary>
    public int Turns { get; init; } = 3;

    /// <summary>The most tokens of one decision.</summary>
    public int TurnTokens { get; init; } = TowerLanguage.ActionSymbols + 3;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<TowerEnvironmentOptions> Schema { get; } = new OptionSchema<TowerEnvironmentOptions>(() => new TowerEnvironmentOptions())
        .Integer("turns", o => o.Turns, (o, v) => o with { Turns = v }, "Decisions of an episode.", 1, 240)
        .Integer("turn-tokens", o => o.TurnTokens, (o, v) => o with { TurnTokens = v }, "The most tokens of one decision.", TowerLanguage.ActionSymbols, 1_048_576);
}
