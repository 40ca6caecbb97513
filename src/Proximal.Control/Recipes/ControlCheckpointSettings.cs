using Proximal.Recipes;

namespace Proximal.Control.Recipes;

/// <summary>When a control run is saved.</summary>
public sealed record ControlCheckpointSettings
{
    /// <summary>Steps between checkpoints; 0 for one at the end.</summary>
    public int Every { get; init; } = 50_000;

    /// <summary>The last checkpoints that are kept.</summary>
    public int Keep { get; init; } = 2;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<ControlCheckpointSettings> Schema { get; } = new OptionSchema<ControlCheckpointSettings>(() => new ControlCheckpointSettings())
        .Integer("every", c => c.Every, (c, v) => c with { Every = v }, "Steps between checkpoints; 0 for one at the end.", 0)
        .Integer("keep", c => c.Keep, (c, v) => c with { Keep = v }, "The last checkpoints that are kept.", 1, 1_000_000);
}
