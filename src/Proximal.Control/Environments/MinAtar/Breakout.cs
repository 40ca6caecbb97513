using Proximal.Control.State;

namespace Proximal.Control.Environments.MinAtar;

/// <summary>
/// A paddle in the bottom row keeps a ball in play that knocks bricks out of three rows, each worth 1. When all are gone they come back at the
/// next touch of the bottom row. The game is over when the ball passes the paddle.
/// </summary>
public sealed class Breakout : MinAtarGame
{
    private const int UpLeft = 0, UpRight = 1, DownRight = 2, DownLeft = 3;

    private readonly bool[] bricks = new bool[Size * Size];
    private int paddle;
    private int column;
    private int row;
    private int direction;
    private int lastColumn;
    private int lastRow;
    private bool struck;

    /// <summary>Creates the game.</summary>
    /// <param name="options">Settings; the defaults of the record when null.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public Breakout(MinAtarOptions? options = null)
        : base("minatar-breakout", "=o.#", ["paddle", "ball", "trail", "brick"], [MinAtarAction.None, MinAtarAction.Left, MinAtarAction.Right], options)
    {
    }

    internal Span<bool> Bricks => bricks;

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new Breakout(Options);

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        state.Values<bool>(bricks);
        state.Value(ref paddle);
        state.Value(ref column);
        state.Value(ref row);
        state.Value(ref direction);
        state.Value(ref lastColumn);
        state.Value(ref lastRow);
        state.Value(ref struck);
    }

    internal void Place(int paddle, int column, int row, int direction) =>
        (this.paddle, this.column, this.row, this.direction) = (paddle, column, row, direction);

    private protected override void Start()
    {
        bool fromLeft = Random.Integer(2) == 0;
        (column, direction) = fromLeft ? (0, DownRight) : (Size - 1, DownLeft);
        row = 3;
        paddle = 4;
        (lastColumn, lastRow) = (column, row);
        struck = false;
        bricks.AsSpan().Clear();
        Refill();
    }

    private protected override int Play(MinAtarAction action, ref bool over)
    {
        paddle = Math.Clamp(paddle + (action == MinAtarAction.Left ? -1 : action == MinAtarAction.Right ? 1 : 0), 0, Size - 1);
        (lastColumn, lastRow) = (column, row);
        int nextColumn = column + (direction is UpRight or DownRight ? 1 : -1), nextRow = row + (direction is DownLeft or DownRight ? 1 : -1), reward = 0;
        bool strikes = false;
        if ((uint)nextColumn >= Size)
        {
            nextColumn = Math.Clamp(nextColumn, 0, Size - 1);
            MirrorHorizontally();
        }

        if (nextRow < 0)
        {
            nextRow = 0;
            MirrorVertically();
        }
        else if (bricks[(nextRow * Size) + nextColumn])
        {
            strikes = true;
            if (!struck)
            {
                struck = true;
                reward = 1;
                bricks[(nextRow * Size) + nextColumn] = false;
                nextRow = lastRow;
                MirrorVertically();
            }
        }
        else if (nextRow == Size - 1)
        {
            if (!bricks.Contains(true))
            {
                Refill();
            }

            if (column == paddle)
            {
                MirrorVertically();
                nextRow = lastRow;
            }
            else if (nextColumn == paddle)
            {
                MirrorVertically();
                MirrorHorizontally();
                nextRow = lastRow;
            }
            else
            {
                over = true;
            }
        }

        struck &= strikes;
        (column, row) = (nextColumn, nextRow);
        return reward;
    }

    private protected override void Show(MinAtarBoard board)
    {
        board.Set(0, Size - 1, paddle);
        board.Set(1, row, column);
        board.Set(2, lastRow, lastColumn);
        board.Copy(3, bricks);
    }

    private void Refill() => bricks.AsSpan(Size, 3 * Size).Fill(true);

    private void MirrorHorizontally() => direction ^= 1;

    private void MirrorVertically() => direction = 3 - direction;
}
