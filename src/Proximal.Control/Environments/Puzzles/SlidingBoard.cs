namespace Proximal.Control.Environments.Puzzles;

/// <summary>Moves, goals and heuristics of sliding puzzles: a board is a row of tiles with 0 for the gap.</summary>
public static class SlidingBoard
{
    /// <summary>Number of moves: the gap goes up, down, left or right.</summary>
    public const int Moves = 4;

    /// <summary>Where the gap comes to lie; -1 where it would leave the board.</summary>
    /// <param name="size">Cells on a side.</param>
    /// <param name="gap">The cell of the gap.</param>
    /// <param name="move">0 up, 1 down, 2 left, 3 right.</param>
    public static int Target(int size, int gap, int move) => move switch
    {
        0 => gap >= size ? gap - size : -1,
        1 => gap < size * (size - 1) ? gap + size : -1,
        2 => gap % size > 0 ? gap - 1 : -1,
        _ => gap % size < size - 1 ? gap + 1 : -1,
    };

    /// <summary>Writes the goal: the tiles in order.</summary>
    /// <param name="board">[cells].</param>
    /// <param name="gapFirst">Whether the gap lies before the tiles.</param>
    public static void WriteGoal(Span<byte> board, bool gapFirst)
    {
        for (int cell = 0; cell < board.Length; cell++)
        {
            board[cell] = (byte)((cell + (gapFirst ? 0 : 1)) % board.Length);
        }
    }

    /// <summary>The cell of a tile at the goal.</summary>
    public static int GoalCell(int tile, int cells, bool gapFirst) => gapFirst ? tile : (tile + cells - 1) % cells;

    /// <summary>Number of tiles that are not at their place: never more than the distance.</summary>
    public static int Misplaced(ReadOnlySpan<byte> board, bool gapFirst = false)
    {
        int sum = 0;
        for (int cell = 0; cell < board.Length; cell++)
        {
            sum += board[cell] != 0 && GoalCell(board[cell], board.Length, gapFirst) != cell ? 1 : 0;
        }

        return sum;
    }

    /// <summary>Sum of the distances of the tiles from their places along rows and columns: never more than the distance.</summary>
    public static int Manhattan(ReadOnlySpan<byte> board, bool gapFirst = false)
    {
        int size = Side(board), sum = 0;
        for (int cell = 0; cell < board.Length; cell++)
        {
            if (board[cell] != 0)
            {
                int goal = GoalCell(board[cell], board.Length, gapFirst);
                sum += Math.Abs((goal / size) - (cell / size)) + Math.Abs((goal % size) - (cell % size));
            }
        }

        return sum;
    }

    /// <summary>
    /// <see cref="Manhattan"/>, and two moves more for every tile that has to leave its row or column of goals for others to pass (Hansson, Mayer and Yung
    /// 1992): never more than the distance.
    /// </summary>
    public static int LinearConflict(ReadOnlySpan<byte> board, bool gapFirst = false)
    {
        int size = Side(board), sum = Manhattan(board, gapFirst);
        Span<int> line = stackalloc int[size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                int goal = GoalCell(board[(i * size) + j], board.Length, gapFirst);
                line[j] = board[(i * size) + j] != 0 && goal / size == i ? goal % size : -1;
            }

            sum += 2 * LeastRemovals(line);
            for (int j = 0; j < size; j++)
            {
                int goal = GoalCell(board[(j * size) + i], board.Length, gapFirst);
                line[j] = board[(j * size) + i] != 0 && goal % size == i ? goal / size : -1;
            }

            sum += 2 * LeastRemovals(line);
        }

        return sum;
    }

    /// <summary>The exact distances of all boards of 3 x 3 cells, by <see cref="StateOf"/>.</summary>
    /// <param name="gapFirst">Whether the gap lies before the tiles at the goal.</param>
    public static DistanceTable Distances3(bool gapFirst = false)
    {
        byte[] board = new byte[9];
        WriteGoal(board, gapFirst);
        return new DistanceTable(362_880, StateOf(board), (state, neighbors) =>
        {
            PermutationRank.Write(state, board);
            int gap = Array.IndexOf(board, (byte)0);
            for (int move = 0; move < Moves; move++)
            {
                int target = Target(3, gap, move);
                if (target >= 0)
                {
                    (board[gap], board[target]) = (board[target], board[gap]);
                    neighbors.Add(StateOf(board));
                    (board[gap], board[target]) = (board[target], board[gap]);
                }
            }
        });
    }

    /// <summary>The number of a board of at most 3 x 3 cells: its place among all orders of the tiles.</summary>
    public static int StateOf(ReadOnlySpan<byte> board) => PermutationRank.Of(board);

    private static int Side(ReadOnlySpan<byte> board) => (int)Math.Sqrt(board.Length);

    /// <summary>The fewest tiles to take out of a line so that the others stand in the order of their goals: those outside the longest increasing row.</summary>
    private static int LeastRemovals(ReadOnlySpan<int> goals)
    {
        Span<int> longest = stackalloc int[goals.Length];
        int best = 0, tiles = 0;
        for (int i = 0; i < goals.Length; i++)
        {
            if (goals[i] < 0)
            {
                continue;
            }

            tiles++;
            longest[i] = 1;
            for (int j = 0; j < i; j++)
            {
                if (goals[j] >= 0 && goals[j] < goals[i])
                {
                    longest[i] = Math.Max(longest[i], longest[j] + 1);
                }
            }

            best = Math.Max(best, longest[i]);
        }

        return tiles - best;
    }
}
