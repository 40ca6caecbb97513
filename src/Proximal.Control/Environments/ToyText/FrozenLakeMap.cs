using Proximal.Tensors.Random;

namespace Proximal.Control.Environments.ToyText;

/// <summary>Maps of a frozen lake: rows of S (start), F (frozen), H (hole) and G (goal).</summary>
public static class FrozenLakeMap
{
    /// <summary>The most rows or columns of a map.</summary>
    public const int LargestSize = 64;

    /// <summary>The map of 4 rows and columns.</summary>
    public static IReadOnlyList<string> Small { get; } = ["SFFF", "FHFH", "FFFH", "HFFG"];

    /// <summary>The map of 8 rows and columns.</summary>
    public static IReadOnlyList<string> Large { get; } = ["SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF", "FFFHFFFG"];

    /// <summary>A random map from the top left to the bottom right, drawn again until the goal can be reached.</summary>
    /// <param name="size">Rows and columns, 2 to <see cref="LargestSize"/>.</param>
    /// <param name="frozenProbability">Probability of a cell to be frozen, 0.1 to 1.</param>
    /// <param name="seed">Seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="ArgumentException">No map with a way came up among 100,000.</exception>
    public static IReadOnlyList<string> Random(int size, double frozenProbability, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, LargestSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(frozenProbability, 0.1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frozenProbability, 1);
        char[][] cells = new char[size][];
        for (int attempt = 0; attempt < 100_000; attempt++)
        {
            RandomStream stream = new(unchecked((ulong)seed), RandomPurpose.Environment, -1, attempt);
            for (int row = 0; row < size; row++)
            {
                cells[row] = new char[size];
                for (int column = 0; column < size; column++)
                {
                    cells[row][column] = stream.Uniform((row * size) + column) < frozenProbability ? 'F' : 'H';
                }
            }

            (cells[0][0], cells[^1][^1]) = ('S', 'G');
            string[] map = [.. cells.Select(row => new string(row))];
            if (HasWay(map))
            {
                return map;
            }
        }

        throw new ArgumentException($"No map of size {size} with a way to the goal came up at a probability of {frozenProbability} to be frozen.", nameof(frozenProbability));
    }

    /// <summary>Whether the goal can be reached from the start.</summary>
    /// <param name="map">Rows of equal length.</param>
    public static bool HasWay(IReadOnlyList<string> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        int columns = map[0].Length;
        bool[] seen = new bool[map.Count * columns];
        Queue<(int Row, int Column)> open = new();
        for (int cell = 0; cell < seen.Length; cell++)
        {
            if (map[cell / columns][cell % columns] == 'S')
            {
                seen[cell] = true;
                open.Enqueue((cell / columns, cell % columns));
            }
        }

        while (open.TryDequeue(out (int Row, int Column) at))
        {
            if (map[at.Row][at.Column] == 'G')
            {
                return true;
            }

            foreach ((int row, int column) in ((int, int)[])[(at.Row + 1, at.Column), (at.Row - 1, at.Column), (at.Row, at.Column + 1), (at.Row, at.Column - 1)])
            {
                if (row >= 0 && row < map.Count && column >= 0 && column < columns && map[row][column] != 'H' && !seen[(row * columns) + column])
                {
                    seen[(row * columns) + column] = true;
                    open.Enqueue((row, column));
                }
            }
        }

        return false;
    }

    internal static IReadOnlyList<string> Resolve(FrozenLakeOptions options) => options.Map switch
    {
        "4x4" => Small,
        "8x8" => Large,
        "random" => Random(options.Size, options.FrozenProbability, options.MapSeed),
        _ => options.Map.Split('/'),
    };

    internal static string? FindFault(string map)
    {
        if (map is "4x4" or "8x8" or "random")
        {
            return null;
        }

        string[] rows = map.Split('/');
        return rows.Length > LargestSize || rows[0].Length > LargestSize || rows[0].Length == 0
            ? $"'map' has {rows.Length} rows and {rows[0].Length} columns, expected 1 to {LargestSize} of each, or 4x4, 8x8 or random"
            : rows.Any(row => row.Length != rows[0].Length || row.AsSpan().ContainsAnyExcept("SFHG"))
            ? $"'map' is '{map}', expected 4x4, 8x8, random, or rows of equal length of S, F, H and G separated by slashes"
            : !map.Contains('S', StringComparison.Ordinal)
            ? "'map' has no start S"
            : null;
    }
}
