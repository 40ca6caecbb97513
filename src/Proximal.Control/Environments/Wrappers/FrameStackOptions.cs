using Proximal.Recipes;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>Settings of <see cref="FrameStack"/> in a recipe.</summary>
public sealed record FrameStackOptions
{
    /// <summary>Observations in a stack.</summary>
    public int Frames { get; init; } = 4;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<FrameStackOptions> Schema { get; } = new OptionSchema<FrameStackOptions>(() => new FrameStackOptions())
        .Integer("frames", o => o.Frames, (o, v) => o with { Frames = v }, "Observations in a stack.", 2, 256);
}
