namespace Proximal.Control.Environments.MinAtar;

/// <summary>Something that crosses the board in its row.</summary>
internal struct Mover(int column, int row, bool toRight)
{
    public int Column = column;
    public int Row = row;
    public bool ToRight = toRight;

    /// <summary>Steps until it moves.</summary>
    public int MoveTimer;

    /// <summary>Steps until it shoots.</summary>
    public int ShotTimer;

    public readonly bool IsOutside => (uint)Column >= MinAtarGame.Size;

    /// <summary>The column behind it, which can lie outside.</summary>
    public readonly int Behind => Column + (ToRight ? -1 : 1);

    public readonly bool IsAt(int column, int row) => Column == column && Row == row;

    public readonly bool IsAt(in Mover other) => IsAt(other.Column, other.Row);

    public void Move() => Column += ToRight ? 1 : -1;
}
