namespace Proximal.Control.Environments.SideScrolling;

/// <summary>The tiles and walkers of a level of the <see cref="Platformer"/>: a pure function of world and seed.</summary>
public sealed class PlatformerLevel
{
    /// <summary>Rows of tiles, counted downwards.</summary>
    public const int Rows = 13;

    /// <summary>Columns of tiles.</summary>
    public const int Columns = 212;

    /// <summary>The upper row of the ground.</summary>
    public const int GroundRow = 11;

    /// <summary>Width and height of a tile in pixels.</summary>
    public const int TileSize = 16;

    internal const int MostWalkers = 128;

    private const int FirstColumn = 12, EndColumn = 188, PlatformRow = 7;

    /// <summary>Columns that exist beyond each end of the level, so that windows around the player need no care.</summary>
    private const int Margin = 16, Stride = Columns + (2 * Margin);

    private readonly float[] tiles = new float[Rows * Stride];
    private readonly Walker[] walkers = new Walker[MostWalkers];

    /// <summary>Creates a level without obstacles.</summary>
    public PlatformerLevel() => Flatten();

    /// <summary>Columns and rows in which walkers begin.</summary>
    public IEnumerable<(int Row, int Column)> WalkerStarts
    {
        get
        {
            for (int i = 0; i < WalkerCount; i++)
            {
                yield return ((int)(walkers[i].Y / TileSize), (int)(walkers[i].X / TileSize));
            }
        }
    }

    internal int WalkerCount { get; private set; }

    internal ReadOnlySpan<Walker> Walkers => walkers.AsSpan(0, WalkerCount);

    /// <summary>Whether a tile is solid. Left of the level all are, above and below it none, and right of it the ground goes on.</summary>
    public bool IsSolid(int row, int column) =>
        (uint)row < Rows && (column < -Margin || tiles[(row * Stride) + Math.Min(column, Columns) + Margin] != 0);

    /// <summary>Makes the level of a world and a seed.</summary>
    /// <param name="world">The world, 1 to 4.</param>
    /// <param name="seed">The level of the world.</param>
    /// <exception cref="ArgumentOutOfRangeException">The world is outside its range.</exception>
    public void Generate(int world, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(world, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(world, 4);
        Flatten();
        EpisodeRandom random = new((ulong)seed, copy: world);
        int column = FirstColumn;
        while (column < EndColumn)
        {
            column = AddSegment(world, column, ref random);
            if (random.Chance(0.5 + (0.1 * world)))
            {
                int count = random.Integer(1, 1 + (world / 2));
                for (int i = 1; i <= count; i++)
                {
                    AddWalker(GroundRow - 1, column - i);
                }
            }
        }
    }

    internal void Flatten()
    {
        tiles.AsSpan().Clear();
        WalkerCount = 0;
        for (int row = 0; row < Rows; row++)
        {
            tiles.AsSpan(row * Stride, Margin).Fill(1);
            if (row >= GroundRow)
            {
                tiles.AsSpan((row * Stride) + Margin, Columns + Margin).Fill(1);
            }
        }
    }

    internal void AddWalker(int row, int column)
    {
        if (WalkerCount < MostWalkers)
        {
            walkers[WalkerCount++] = new Walker { X = column * TileSize, Y = row * TileSize, Direction = -1, Alive = 1 };
        }
    }

    internal void Fill(int firstRow, int endRow, int firstColumn, int endColumn, bool solid = true)
    {
        for (int row = firstRow; row < endRow; row++)
        {
            tiles.AsSpan((row * Stride) + firstColumn + Margin, endColumn - firstColumn).Fill(solid ? 1 : 0);
        }
    }

    /// <summary>Copies the tiles of some columns, row by row.</summary>
    internal void CopyWindow(int firstColumn, int columns, Span<float> window)
    {
        for (int row = 0; row < Rows; row++)
        {
            tiles.AsSpan((row * Stride) + firstColumn + Margin, columns).CopyTo(window[(row * columns)..]);
        }
    }

    /// <summary>Adds an obstacle and the flat ground behind it; returns the first column after both.</summary>
    private int AddSegment(int world, int column, ref EpisodeRandom random)
    {
        double kind = random.Uniform();
        if (kind < 0.25)
        {
            int end = column + random.Integer(2, world > 2 ? 4 : 3);
            Fill(GroundRow, Rows, column, end, solid: false);
            return end + random.Integer(4, 8);
        }

        if (kind < 0.5)
        {
            Fill(GroundRow - random.Integer(2, world > 1 ? 4 : 3), GroundRow, column, column + 2);
            return column + 2 + random.Integer(5, 9);
        }

        if (kind < 0.65)
        {
            int steps = random.Integer(2, 4);
            for (int step = 0; step < steps; step++)
            {
                Fill(GroundRow - 1 - step, GroundRow, column + step, column + step + 1);
            }

            return column + steps + random.Integer(4, 7);
        }

        if (kind < 0.8)
        {
            int end = column + random.Integer(3, 6);
            Fill(PlatformRow, PlatformRow + 1, column, end);
            return end + random.Integer(2, 5);
        }

        return column + random.Integer(5, 9);
    }
}
