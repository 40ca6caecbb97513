namespace Proximal.Control.Environments.Navigation;

/// <summary>A maze of unit cells. Cell (i, j), row i and column j of the map, is the square around the point x = i, y = j.</summary>
public sealed class PointMazeMap
{
    private static readonly (int Row, int Column)[] Steps = [(1, 0), (-1, 0), (0, 1), (0, -1)];

    private readonly string[] rows;
    private readonly (int Row, int Column)[] free;

    private PointMazeMap(params string[] rows)
    {
        this.rows = rows;
        List<(int, int)> cells = [];
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < rows[row].Length; column++)
            {
                if (rows[row][column] != '#')
                {
                    cells.Add((row, column));
                }

                if (rows[row][column] == 'G')
                {
                    Goal = (row, column);
                }
            }
        }

        free = [.. cells];
    }

    /// <summary>Number of rows.</summary>
    public int Rows => rows.Length;

    /// <summary>Number of columns.</summary>
    public int Columns => rows[0].Length;

    /// <summary>The cell of the goal that does not move.</summary>
    public (int Row, int Column) Goal { get; }

    /// <summary>All cells without a wall, the goal included.</summary>
    public ReadOnlySpan<(int Row, int Column)> FreeCells => free;

    /// <summary>The map of a layout.</summary>
    /// <param name="layout">The layout.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layout.</exception>
    public static PointMazeMap Of(PointMazeLayout layout) => layout switch
    {
        PointMazeLayout.UMaze => new("#####", "#GOO#", "###O#", "#OOO#", "#####"),
        PointMazeLayout.Medium => new("########", "#OO##OO#", "#OO#OOO#", "##OOO###", "#OO#OOO#", "#O#OO#O#", "#OOO#OG#", "########"),
        PointMazeLayout.Large => new(
            "############", "#OOOO#OOOOO#", "#O##O#O#O#O#", "#OOOOOO#OOO#", "#O####O###O#", "#OO#O#OOOOO#", "##O#O#O#O###", "#OO#OOO#OGO#", "############"),
        PointMazeLayout.Open => new("#######", "#OOOOO#", "#OOGOO#", "#OOOOO#", "#######"),
        _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "There is no such layout."),
    };

    /// <summary>Whether a cell is a wall; everything outside is.</summary>
    /// <param name="row">Row.</param>
    /// <param name="column">Column.</param>
    public bool IsWall(int row, int column) => (uint)row >= (uint)Rows || (uint)column >= (uint)Columns || rows[row][column] == '#';

    /// <summary>The cell of a point.</summary>
    /// <param name="x">Along the rows.</param>
    /// <param name="y">Along the columns.</param>
    public static (int Row, int Column) CellOf(double x, double y) => ((int)Math.Floor(x + 0.5), (int)Math.Floor(y + 0.5));

    /// <summary>Steps from every cell to a target over free cells [rows, columns]; -1 for walls and cells that cannot reach it.</summary>
    /// <param name="target">The target.</param>
    /// <param name="distances">[rows * columns].</param>
    public void Distances((int Row, int Column) target, Span<int> distances)
    {
        distances.Fill(-1);
        Span<int> queue = stackalloc int[Rows * Columns];
        int head = 0, tail = 0;
        queue[tail++] = (target.Row * Columns) + target.Column;
        distances[queue[0]] = 0;
        while (head < tail)
        {
            int cell = queue[head++];
            foreach ((int down, int right) in Steps)
            {
                int row = (cell / Columns) + down, column = (cell % Columns) + right;
                if (!IsWall(row, column) && distances[(row * Columns) + column] < 0)
                {
                    distances[(row * Columns) + column] = distances[cell] + 1;
                    queue[tail++] = (row * Columns) + column;
                }
            }
        }
    }

    /// <summary>The next cell on a shortest way; the cell itself where there is none or it has arrived.</summary>
    /// <param name="from">A cell.</param>
    /// <param name="distances">What <see cref="Distances"/> gave.</param>
    public (int Row, int Column) Next((int Row, int Column) from, ReadOnlySpan<int> distances)
    {
        (int Row, int Column) best = from;
        foreach ((int down, int right) in Steps)
        {
            (int Row, int Column) next = (from.Row + down, from.Column + right);
            if (!IsWall(next.Row, next.Column) && distances[(next.Row * Columns) + next.Column] >= 0
                && distances[(next.Row * Columns) + next.Column] < distances[(best.Row * Columns) + best.Column])
            {
                best = next;
            }
        }

        return best;
    }

}
