using Proximal.Recipes;

namespace Proximal.Control.Environments.Diagnostic;

/// <summary>Settings of <see cref="TMaze"/>.</summary>
public sealed record TMazeOptions
{
    /// <summary>Steps from the start to the junction.</summary>
    public int Length { get; init; } = 10;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<TMazeOptions> Schema { get; } = new OptionSchema<TMazeOptions>(() => new TMazeOptions())
        .Integer("length", o => o.Length, (o, v) => o with { Length = v }, "steps from the start to the junction", 1, 10_000);
}
