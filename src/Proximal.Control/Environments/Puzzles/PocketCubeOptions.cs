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

    internal void Validate()
    {
        Check(nameof(MacroLength), MacroLength, 1, HalfTurns ? 1 : 4);
        Check(nameof(Scramble), Scramble, 1, 1_000_000);
        Check(nameof(MaximumSteps), MaximumSteps, 1, 1_000_000);
    }

    private static void Check(string name, int value, int low, int high)
    {
        if (value < low || value > high)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is outside {low} to {high}.");
        }
    }
}
