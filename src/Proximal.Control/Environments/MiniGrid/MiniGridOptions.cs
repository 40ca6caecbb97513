using Proximal.Recipes;

namespace Proximal.Control.Environments.MiniGrid;

/// <summary>Settings of the MiniGrid environments.</summary>
public sealed record MiniGridOptions
{
    /// <summary>Whether the agent sees the whole grid from above instead of the 7 by 7 cells before it.</summary>
    public bool FullObservation { get; init; }

    /// <summary>The options as a recipe gives them.</summary>
    public static OptionSchema<MiniGridOptions> Schema { get; } = new OptionSchema<MiniGridOptions>(() => new MiniGridOptions())
        .Flag("full-observation", o => o.FullObservation, (o, v) => o with { FullObservation = v }, "whether the agent sees the whole grid from above");
}
