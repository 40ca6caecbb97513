using Proximal.Control.State;

namespace Proximal.Control.Environments.MinAtar;

/// <summary>
/// A cannon in the bottom row shoots at aliens that march from side to side and down, each worth 1; they shoot back, and speed up as they get
/// fewer and with every wave. The game is over when a shot or an alien reaches the cannon, or aliens march past the bottom row.
/// </summary>
public sealed class SpaceInvaders : MinAtarGame
{
    private const int ShotInterval = 5, FirstMoveInterval = 12, LeastMoveInterval = 6, AlienShotInterval = 10;

    private readonly bool[] aliens = new bool[Size * Size];
    private readonly bool[] shots = new bool[Size * Size];
    private readonly bool[] alienShots = new bool[Size * Size];
    private int position;
    private int direction;
    private int moveInterval;
    private int moveTimer;
    private int alienShotTimer;
    private int shotTimer;

    /// <summary>Creates the game.</summary>
    /// <param name="options">Settings; the defaults of the record when null.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public SpaceInvaders(MinAtarOptions? options = null)
        : base(
            "minatar-spaceinvaders",
            "^WWW|!",
            ["cannon", "alien", "alien to the left", "alien to the right", "friendly bullet", "enemy bullet"],
            [MinAtarAction.None, MinAtarAction.Left, MinAtarAction.Right, MinAtarAction.Fire],
            options)
    {
    }

    internal Span<bool> Aliens => aliens;

    internal Span<bool> AlienShots => alienShots;

    internal int MoveInterval => moveInterval;

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new SpaceInvaders(Options);

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        state.Values<bool>(aliens);
        state.Values<bool>(shots);
        state.Values<bool>(alienShots);
        state.Value(ref position);
        state.Value(ref direction);
        state.Value(ref moveInterval);
        state.Value(ref moveTimer);
        state.Value(ref alienShotTimer);
        state.Value(ref shotTimer);
    }

    private protected override void Start()
    {
        aliens.AsSpan().Clear();
        shots.AsSpan().Clear();
        alienShots.AsSpan().Clear();
        Line();
        position = 5;
        direction = -1;
        moveInterval = moveTimer = FirstMoveInterval;
        alienShotTimer = AlienShotInterval;
        shotTimer = 0;
    }

    private protected override int Play(MinAtarAction action, ref bool over)
    {
        if (action == MinAtarAction.Fire && shotTimer == 0)
        {
            shots[((Size - 1) * Size) + position] = true;
            shotTimer = ShotInterval;
        }
        else
        {
            position = Math.Clamp(position + (action == MinAtarAction.Left ? -1 : action == MinAtarAction.Right ? 1 : 0), 0, Size - 1);
        }

        shots.AsSpan(Size).CopyTo(shots);
        shots.AsSpan(^Size..).Clear();
        MoveDown(alienShots);
        int cannon = ((Size - 1) * Size) + position;
        over = alienShots[cannon] || aliens[cannon];
        if (moveTimer == 0)
        {
            moveTimer = Math.Min(aliens.AsSpan().Count(true), moveInterval);
            March(ref over);
            over |= aliens[cannon];
        }

        if (alienShotTimer == 0)
        {
            alienShotTimer = AlienShotInterval;
            alienShots[NearestAlien()] = true;
        }

        int reward = Hit();
        shotTimer = Math.Max(0, shotTimer - 1);
        moveTimer--;
        alienShotTimer--;
        if (!aliens.Contains(true))
        {
            if (moveInterval > LeastMoveInterval && Options.DifficultyRamping)
            {
                moveInterval--;
            }

            Line();
        }

        return reward;
    }

    private protected override void Show(MinAtarBoard board)
    {
        board.Set(0, Size - 1, position);
        board.Copy(1, aliens);
        board.Copy(direction < 0 ? 2 : 3, aliens);
        board.Copy(4, shots);
        board.Copy(5, alienShots);
    }

    private static void MoveDown(Span<bool> cells)
    {
        cells[..^Size].CopyTo(cells[Size..]);
        cells[..Size].Clear();
    }

    private void Line()
    {
        for (int row = 0; row < 4; row++)
        {
            aliens.AsSpan((row * Size) + 2, 6).Fill(true);
        }
    }

    private void March(ref bool over)
    {
        int edge = direction < 0 ? 0 : Size - 1;
        bool atEdge = false;
        for (int row = 0; row < Size; row++)
        {
            atEdge |= aliens[(row * Size) + edge];
        }

        if (atEdge)
        {
            direction = -direction;
            over |= aliens.AsSpan(^Size..).Contains(true);
            MoveDown(aliens);
            return;
        }

        // No alien is in the column that would wrap into the next row.
        if (direction < 0)
        {
            aliens.AsSpan(1).CopyTo(aliens);
            aliens[^1] = false;
        }
        else
        {
            aliens.AsSpan(..^1).CopyTo(aliens.AsSpan(1));
            aliens[0] = false;
        }
    }

    /// <summary>The cell of the lowest alien in the nearest column that has one, the left one of two that are as near.</summary>
    private int NearestAlien()
    {
        for (int distance = 0; distance < Size; distance++)
        {
            for (int side = -1; side <= 1; side += 2)
            {
                int column = position + (side * distance);
                for (int row = Size - 1; row >= 0 && (uint)column < Size; row--)
                {
                    if (aliens[(row * Size) + column])
                    {
                        return (row * Size) + column;
                    }
                }
            }
        }

        throw new InvalidOperationException("No alien is left, although a wave follows at once when the last one falls.");
    }

    private int Hit()
    {
        int hits = 0;
        for (int cell = 0; cell < aliens.Length; cell++)
        {
            if (aliens[cell] && shots[cell])
            {
                aliens[cell] = shots[cell] = false;
                hits++;
            }
        }

        return hits;
    }
}
