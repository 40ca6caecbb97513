using Proximal.Recipes;

namespace Proximal.Rewards;

/// <summary>Options of <see cref="FlawedPositiveReward"/>.</summary>
public sealed record FlawedPositiveOptions
{
    /// <summary>λ: what a flawed derivation costs; 0 is the plain reward of ±1, 2 is as bad as a wrong answer.</summary>
    public double Penalty { get; init; } = 1;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<FlawedPositiveOptions> Schema { get; } = new OptionSchema<FlawedPositiveOptions>(() => new FlawedPositiveOptions())
        .Number("penalty", o => o.Penalty, (o, v) => o with { Penalty = v }, "λ: what a flawed derivation costs; 0 is the plain reward of ±1.", 0, 1e6);
}
