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

    internal void Validate()
    {
        Check(nameof(Size), Size, 2, 6);
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
