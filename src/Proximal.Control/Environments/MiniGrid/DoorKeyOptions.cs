using Proximal.Recipes;

namespace Proximal.Control.Environments.MiniGrid;

/// <summary>Settings of <see cref="DoorKey"/>.</summary>
public sealed record DoorKeyOptions
{
    /// <summary>Rows and columns, the outer walls included: 5, 6, 8 and 16 in MiniGrid.</summary>
    public int Size { get; init; } = 8;

    /// <summary>Whether the agent sees the whole grid from above instead of the 7 by 7 cells before it.</summary>
    public bool FullObservation { get; init; }

    /// <summary>The options as a recipe gives them.</summary>
    public static OptionSchema<DoorKeyOptions> Schema { get; } = new OptionSchema<DoorKeyOptions>(() => new DoorKeyOptions())
        .Integer("size", o => o.Size, (o, v) => o with { Size = v }, "rows and columns, the outer walls included", minimum: 5, maximum: 32)
        .Flag("full-observation", o => o.FullObservation, (o, v) => o with { FullObservation = v }, "whether the agent sees the whole grid from above");
}
