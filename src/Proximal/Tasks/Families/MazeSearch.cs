namespace Proximal.Tasks.Families;

/// <summary>Breadth-first search in a square maze, neighbours in the order D, R, U, L.</summary>
internal static class MazeSearch
{
    private const int Directions = 4;
    private const int Unreached = -1;

    /// <summary>The neighbour in a direction (0 D, 1 R, 2 U, 3 L), or -1 outside the grid.</summary>
    public static int Step(int cell, int direction, int side)
    {
        int row = cell / side, column = cell % side;
        (row, column) = direction switch
        {
            0 => (row + 1, column),
            1 => (row, column + 1),
            2 => (row - 1, column),
            _ => (row, column - 1),
        };
        return row < 0 || column < 0 || row >= side || column >= side ? -1 : (row * side) + column;
    }

    /// <summary>The number of moves from a cell to every other, -1 where there is no way.</summary>
    public static int[] DistancesFrom(int start, int side, IReadOnlyList<bool> walls) => Search(start, side, walls).Distances;

    /// <summary>The shortest path from the first cell to the last that the search finds first.</summary>
    public static string ShortestPath(int side, IReadOnlyList<bool> walls)
    {
        int[] arrivals = Search(0, side, walls).Arrivals;
        Stack<char> path = new();
        for (int cell = walls.Count - 1; cell != 0;)
        {
            path.Push("DRUL"[arrivals[cell]]);
            cell = Step(cell, (arrivals[cell] + 2) % Directions, side);
        }

        return string.Concat(path);
    }

    private static (int[] Distances, int[] Arrivals) Search(int start, int side, IReadOnlyList<bool> walls)
    {
        int[] distances = new int[walls.Count], arrivals = new int[walls.Count];
        Array.Fill(distances, Unreached);
        distances[start] = 0;
        Queue<int> queue = new([start]);
        while (queue.TryDequeue(out int cell))
        {
            for (int direction = 0; direction < Directions; direction++)
            {
                int next = Step(cell, direction, side);
                if (next >= 0 && !walls[next] && distances[next] == Unreached)
                {
                    distances[next] = distances[cell] + 1;
                    arrivals[next] = direction;
                    queue.Enqueue(next);
                }
            }
        }

        return (distances, arrivals);
    }
}
