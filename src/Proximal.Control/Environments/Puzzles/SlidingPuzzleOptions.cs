using Proximal.Recipes;

namespace Proximal.Control.Environments.Puzzles;

/// <summary>Settings of the <see cref="SlidingPuzzle"/>.</summary>
public sealed record SlidingPuzzleOptions
{
    /// <summary>Cells on a side, 2 to 6.</summary>
    public int Size { get; init; } = 3;

    /// <summary>Random legal moves from the goal that an episode begins with, at most.</summary>
    public int Scramble { get; init; } = 100;

    /// <summary>Whether the gap lies before the tiles at the goal instead of after them.</summary>
    public bool GapFirst { get; init; }

    /// <summary>Steps after which an episode is truncated.</summary>
    public int MaximumSteps { get; init; } = 200;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<SlidingPuzzleOptions> Schema { get; } = new OptionSchema<SlidingPuzzleOptions>(() => new SlidingPuzzleOptions())
        .Integer("size", o => o.Size, (o, v) => o with { Size = v }, "cells on a side", 2, 6)
        .Integer("scramble", o => o.Scramble, (o, v) => o with { Scramble = v }, "random legal moves from the goal that an episode begins with, at most", 1, 1_000_000)
        .Flag("gap-first", o => o.GapFirst, (o, v) => o with { GapFirst = v }, "whether the gap lies before the tiles at the goal")
        .Integer("maximum-steps", o => o.MaximumSteps, (o, v) => o with { MaximumSteps = v }, "steps after which an episode is truncated", 1, 1_000_000);

    internal void Validate()
    {
        OptionRange.Check(nameof(Size), Size, 2, 6);
        OptionRange.Check(nameof(Scramble), Scramble, 1, 1_000_000);
        OptionRange.Check(nameof(MaximumSteps), MaximumSteps, 1, 1_000_000);
    }
}
