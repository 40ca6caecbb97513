using Proximal.Recipes;

namespace Proximal.Control.Environments.Puzzles;

/// <summary>Settings of the <see cref="PocketCube"/>.</summary>
public sealed record PocketCubeOptions
{
    /// <summary>The most quarter turns of one move, 1 to 4: 6, 33, 153 or 687 moves.</summary>
    public int MacroLength { get; init; } = 1;

    /// <summary>Whether half turns are moves too; only with macros of length 1.</summary>
    public bool HalfTurns { get; init; }

    /// <summary>Random quarter turns that an episode begins with, at most.</summary>
    public int Scramble { get; init; } = 20;

    /// <summary>Steps after which an episode is truncated.</summary>
    public int MaximumSteps { get; init; } = 100;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<PocketCubeOptions> Schema { get; } = new OptionSchema<PocketCubeOptions>(() => new PocketCubeOptions())
        .Integer("macro-length", o => o.MacroLength, (o, v) => o with { MacroLength = v }, "the most quarter turns of one move: 6, 33, 153 or 687 moves", 1, 4)
        .Flag("half-turns", o => o.HalfTurns, (o, v) => o with { HalfTurns = v }, "whether half turns are moves too; only with macros of length 1")
        .Integer("scramble", o => o.Scramble, (o, v) => o with { Scramble = v }, "random quarter turns that an episode begins with, at most", 1, 1_000_000)
        .Integer("maximum-steps", o => o.MaximumSteps, (o, v) => o with { MaximumSteps = v }, "steps after which an episode is truncated", 1, 1_000_000)
        .Rule(o => o.HalfTurns && o.MacroLength > 1 ? "half-turns go with a macro-length of 1" : null);

    internal void Validate()
    {
        OptionRange.Check(nameof(MacroLength), MacroLength, 1, HalfTurns ? 1 : 4);
        OptionRange.Check(nameof(Scramble), Scramble, 1, 1_000_000);
        OptionRange.Check(nameof(MaximumSteps), MaximumSteps, 1, 1_000_000);
    }
}
