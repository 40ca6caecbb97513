using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Environments.Puzzles;

/// <summary>
/// The sliding puzzle (8-puzzle, 15-puzzle): the gap moves up (0), down (1), left (2) or right (3) until the tiles are in order. The observation is the
/// tile of every cell, 0 for the gap; every move costs 1, moves off the board are illegal. An episode begins with up to <c>Scramble</c> random moves
/// from the goal, at least one, and not at the goal.
/// </summary>
public sealed class SlidingPuzzle : SingleEnvironment
{
    private readonly SlidingPuzzleOptions options;
    private readonly byte[] board;
    private int gap;

    /// <summary>Creates a puzzle.</summary>
    /// <param name="options">Size and scramble; 3 x 3 when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public SlidingPuzzle(SlidingPuzzleOptions? options = null)
    {
        this.options = options ?? new SlidingPuzzleOptions();
        this.options.Validate();
        board = new byte[this.options.Size * this.options.Size];
        int[] tiles = new int[board.Length];
        Array.Fill(tiles, board.Length);
        Specification = new EnvironmentSpecification
        {
            Name = "sliding-puzzle",
            Observations = new MultiDiscreteSpace(tiles),
            Actions = new DiscreteSpace(SlidingBoard.Moves),
            MaximumSteps = this.options.MaximumSteps,
            HasActionMask = true,
            Metrics = ["solved"],
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>The tiles, row by row.</summary>
    public ReadOnlySpan<byte> Board => board;

    private bool Solved => SlidingBoard.Misplaced(board, options.GapFirst) == 0;

    /// <summary>Lays the tiles as given, within the running episode.</summary>
    /// <param name="tiles">Every tile once, row by row.</param>
    /// <exception cref="ArgumentException">A tile is missing.</exception>
    public void SetBoard(ReadOnlySpan<byte> tiles)
    {
        ulong seen = 0;
        foreach (byte tile in tiles)
        {
            seen |= tile < 64 ? 1UL << tile : 0;
        }

        if (tiles.Length != board.Length || seen != (1UL << board.Length) - 1)
        {
            throw new ArgumentException($"A board of {board.Length} cells holds every tile from 0 to {board.Length - 1} once.", nameof(tiles));
        }

        tiles.CopyTo(board);
        gap = board.AsSpan().IndexOf((byte)0);
    }

    /// <inheritdoc/>
    public override void WriteActionMask(Span<bool> mask)
    {
        for (int move = 0; move < SlidingBoard.Moves; move++)
        {
            mask[move] = SlidingBoard.Target(options.Size, gap, move) >= 0;
        }
    }

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics) => metrics[0] = Solved ? 1 : 0;

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        int size = options.Size;
        canvas.SetWorld(-0.1, size + 0.1, size + 0.1, -0.1);
        canvas.Rectangle(-0.05, -0.05, size + 0.05, size + 0.05, Color.Silver);
        for (int cell = 0; cell < board.Length; cell++)
        {
            if (board[cell] != 0)
            {
                (int row, int column) = Math.DivRem(cell, size);
                bool home = SlidingBoard.GoalCell(board[cell], board.Length, options.GapFirst) == cell;
                canvas.Rectangle(column + 0.04, row + 0.04, column + 0.96, row + 0.96, home ? Color.Teal : Color.Indigo);
                canvas.Text(new Point(column + 0.5, row + 0.5), 0.35, $"{board[cell]}", Color.White);
            }
        }
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        for (int row = 0; row < options.Size; row++)
        {
            for (int column = 0; column < options.Size; column++)
            {
                int tile = board[(row * options.Size) + column];
                writer.Write(tile == 0 ? "  ·" : $"{tile,3}");
            }

            writer.WriteLine();
        }
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new SlidingPuzzle(options);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        SlidingBoard.WriteGoal(board, options.GapFirst);
        gap = board.AsSpan().IndexOf((byte)0);
        int moves = Random.Integer(1, options.Scramble);
        for (int i = 0; i < moves || Solved; i++)
        {
            int target;
            do
            {
                target = SlidingBoard.Target(options.Size, gap, Random.Integer(SlidingBoard.Moves));
            }
            while (target < 0);

            Slide(target);
        }

        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        int target = SlidingBoard.Target(options.Size, gap, (int)action[0]);
        if (target >= 0)
        {
            Slide(target);
        }

        Observe(observation);
        return new StepOutcome(-1, Solved);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        state.Values<byte>(board);
        state.Value(ref gap);
    }

    private void Slide(int target)
    {
        board[gap] = board[target];
        board[target] = 0;
        gap = target;
    }

    private void Observe(Span<float> observation)
    {
        for (int cell = 0; cell < board.Length; cell++)
        {
            observation[cell] = board[cell];
        }
    }
}
