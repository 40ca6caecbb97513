namespace Proximal.Control.Environments.MiniGrid;

/// <summary>A cell of a grid.</summary>
/// <param name="X">Column, from the left.</param>
/// <param name="Y">Row, from the top.</param>
public readonly record struct GridPlace(int X, int Y)
{
    /// <summary>Where things are that lie nowhere.</summary>
    public static GridPlace Nowhere { get; } = new(-1, -1);

    /// <summary>Columns and rows between two cells together.</summary>
    /// <param name="other">The other cell.</param>
    public int Distance(GridPlace other) => Math.Abs(X - other.X) + Math.Abs(Y - other.Y);

    /// <summary>The cell next to this one.</summary>
    /// <param name="direction">0 right, 1 down, 2 left, 3 up.</param>
    public GridPlace Next(int direction) => direction switch
    {
        0 => this with { X = X + 1 },
        1 => this with { Y = Y + 1 },
        2 => this with { X = X - 1 },
        _ => this with { Y = Y - 1 },
    };
}
