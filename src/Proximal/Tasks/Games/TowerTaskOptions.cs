using Proximal.Recipes;

namespace Proximal.Tasks.Games;

/// <summary>Options of <see cref="TowerTask"/>.</summary>
public sealed record TowerTaskOptions
{
    /// <summary>L1 to L5, or a level file; empty for all five in turn.</summary>
    public string Level { get; init; } = "L1";

    /// <summary>Share of mistakes of the expert whose games the states come from.</summary>
    public double Noise { get; init; } = 0.2;

    /// <summary>Share of the states in which the expert does something; most of the time there is nothing to do.</summary>
    public double Acting { get; init; } = 0.6;

    /// <summary>Decisions of doing nothing after which an action is judged.</summary>
    public int Horizon { get; init; } = 30;

    /// <summary>Seed of the states.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<TowerTaskOptions> Schema { get; } = new OptionSchema<TowerTaskOptions>(() => new TowerTaskOptions())
        .Text("level", o => o.Level, (o, v) => o with { Level = v }, "L1 to L5, or a level file; empty for all five in turn.")
        .Number("noise", o => o.Noise, (o, v) => o with { Noise = v }, "Share of mistakes of the expert whose games the states come from.", 0, 1)
        .Number("acting", o => o.Acting, (o, v) => o with { Acting = v }, "Share of the states in which the expert does something.", 0, 1)
        .Integer("horizon", o => o.Horizon, (o, v) => o with { Horizon = v }, "Decisions of doing nothing after which an action is judged.", 1, 1000)
        .Integer("seed", o => o.Seed, (o, v) => o with { Seed = v }, "Seed of the states.", 0);
}
