using Proximal.Recipes;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>Settings of <see cref="TimeLimit"/> in a recipe.</summary>
public sealed record TimeLimitOptions
{
    /// <summary>Steps after which an episode is truncated.</summary>
    public int Steps { get; init; } = 1000;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<TimeLimitOptions> Schema { get; } = new OptionSchema<TimeLimitOptions>(() => new TimeLimitOptions())
        .Integer("steps", o => o.Steps, (o, v) => o with { Steps = v }, "Steps after which an episode is truncated.", 1);
}
