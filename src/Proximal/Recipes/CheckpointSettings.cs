namespace Proximal.Recipes;

/// <summary>When the run is saved.</summary>
public sealed record CheckpointSettings
{
    /// <summary>Steps between checkpoints; 0 for one after each stage.</summary>
    public int Every { get; init; } = 20;

    /// <summary>The last checkpoints that are kept.</summary>
    public int Keep { get; init; } = 2;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<CheckpointSettings> Schema { get; } = new OptionSchema<CheckpointSettings>(() => new CheckpointSettings())
        .Integer("every", c => c.Every, (c, v) => c with { Every = v }, "Steps between checkpoints; 0 for one after each stage.", 0)
        .Integer("keep", c => c.Keep, (c, v) => c with { Keep = v }, "The last checkpoints that are kept.", 1, 1_000_000);
}
