using Proximal.Recipes;

namespace Proximal.Control.Environments.SideScrolling;

/// <summary>Settings of the <see cref="Platformer"/>.</summary>
public sealed record PlatformerOptions
{
    /// <summary>The world, 1 to 4: later ones have wider gaps, higher pipes and more walkers.</summary>
    public int World { get; init; } = 1;

    /// <summary>The level of the world that all episodes have; -1 draws a new one for every episode.</summary>
    public int Level { get; init; } = -1;

    /// <summary>What is observed.</summary>
    public PlatformerObservation Observation { get; init; }

    /// <summary>The options as a recipe gives them.</summary>
    public static OptionSchema<PlatformerOptions> Schema { get; } = new OptionSchema<PlatformerOptions>(() => new PlatformerOptions())
        .Integer("world", o => o.World, (o, v) => o with { World = v }, "the world: later ones have wider gaps, higher pipes and more walkers", minimum: 1, maximum: 4)
        .Integer("level", o => o.Level, (o, v) => o with { Level = v }, "the level that all episodes have; -1 draws a new one for every episode", minimum: -1)
        .Choice("observation", o => o.Observation, (o, v) => o with { Observation = v }, "213 numbers of the tiles around the player, or 20 features", ("window", PlatformerObservation.Window), ("compact", PlatformerObservation.Compact))
        .Rule(o => Enum.IsDefined(o.Observation) ? null : $"'observation' is {(int)o.Observation}, expected window or compact");
}
