namespace Proximal.Worlds.TowerDefence;

/// <summary>
/// The picture of a game for agents that see: 64 x 64 pixels of red, green and blue, drawn by discs on the map, with money and lives as bars along the lower
/// edge. Brightness of an enemy is its health, size of a tower its level.
/// </summary>
public static class TowerPixels
{
    /// <summary>Pixels on a side.</summary>
    public const int Side = 64;

    /// <summary>Bytes of a picture.</summary>
    public const int Length = 3 * Side * Side;

    private const double Scale = Side / (2 * TowerRules.MapRadius);
    private const int MoneyBar = 400;
    private static readonly (byte R, byte G, byte B)[] Enemies = [(230, 60, 50), (250, 150, 40), (150, 20, 60), (200, 110, 240), (250, 80, 170)];
    private static readonly (byte R, byte G, byte B)[] Towers = [(95, 95, 95), (60, 200, 90), (225, 225, 235), (70, 120, 250)];

    /// <summary>Writes the picture of a game.</summary>
    /// <param name="world">The game.</param>
    /// <param name="pixels">[64, 64, 3], row by row from the top.</param>
    public static void Write(TowerWorld world, Span<byte> pixels)
    {
        ArgumentNullException.ThrowIfNull(world);
        world.Level.Background.CopyTo(pixels);
        TowerState state = world.State;
        for (int point = 0; point < world.Level.Points.Count; point++)
        {
            int kind = state.TowerKind[point];
            if (kind != 0)
            {
                (byte, byte, byte) color = state.TowerFrozen[point] > 0 ? ((byte)150, (byte)220, (byte)250) : Towers[kind];
                Disc(pixels, world.Numbers.PointX[point], world.Numbers.PointY[point], 0.17 + (0.05 * state.TowerUpgrades[point]), color);
            }
        }

        if (state.FireTimer > 0)
        {
            Disc(pixels, state.FireX, state.FireY, world.Level.Rules.FireDiameter / 2, (250, 110, 0));
        }

        for (int knight = 0; knight < state.KnightCount; knight++)
        {
            Disc(pixels, state.KnightX[knight], state.KnightY[knight], 0.08, Towers[(int)TowerKind.Knight]);
        }

        for (int enemy = 0; enemy < state.EnemyCount; enemy++)
        {
            int kind = state.EnemyKind[enemy];
            if (world.Sees(enemy))
            {
                Disc(pixels, state.EnemyX[enemy], state.EnemyY[enemy], kind == (int)EnemyKind.Brute ? 0.15 : 0.11, Dim(Enemies[kind], state.EnemyHitPoints[enemy], world.Numbers.EnemyHitPoints[kind]));
            }
        }

        if (state.HeroRevival == 0)
        {
            Disc(pixels, state.HeroX, state.HeroY, 0.13, (80, 240, 250));
        }

        if (state.CoinValue > 0)
        {
            Disc(pixels, state.CoinX, state.CoinY, 0.12, (255, 230, 50));
        }

        Bar(pixels, Side - 1, (double)state.Lives / world.Level.Lives, (240, 70, 90));
        Bar(pixels, Side - 2, (double)state.Money / MoneyBar, (255, 230, 50));
    }

    internal static byte[] CreateBackground(TowerLevel level)
    {
        byte[] pixels = new byte[Length];
        for (int i = 0; i < Length; i += 3)
        {
            (pixels[i], pixels[i + 1], pixels[i + 2]) = (24, 44, 28);
        }

        for (int path = 0; path < level.Paths.Count; path++)
        {
            for (int distance = 0; distance <= level.Map.Lengths[path]; distance += 50)
            {
                MapPoint at = level.Map.At(path, (double)distance / TowerMap.Scale);
                Disc(pixels, TowerMap.ToThousandths(at.X), TowerMap.ToThousandths(at.Y), 0.14, (120, 96, 60));
            }
        }

        MapPoint home = level.Paths[0][^1];
        Disc(pixels, TowerMap.ToThousandths(home.X), TowerMap.ToThousandths(home.Y), 0.25, (200, 40, 40));
        foreach (MapPoint point in level.Points)
        {
            Disc(pixels, TowerMap.ToThousandths(point.X), TowerMap.ToThousandths(point.Y), 0.17, Towers[0]);
        }

        return pixels;
    }

    private static (byte R, byte G, byte B) Dim((byte R, byte G, byte B) color, int health, int full)
    {
        int share = 96 + Math.Clamp(160 * health / full, 0, 160);
        return ((byte)(color.R * share / 256), (byte)(color.G * share / 256), (byte)(color.B * share / 256));
    }

    private static void Disc(Span<byte> pixels, int x, int y, double radius, (byte R, byte G, byte B) color)
    {
        double column = (((double)x / TowerMap.Scale) + TowerRules.MapRadius) * Scale, row = (TowerRules.MapRadius - ((double)y / TowerMap.Scale)) * Scale, reach = radius * Scale;
        int top = Math.Max(0, (int)(row - reach)), bottom = Math.Min(Side - 1, (int)(row + reach)), left = Math.Max(0, (int)(column - reach)), right = Math.Min(Side - 1, (int)(column + reach));
        for (int i = top; i <= bottom; i++)
        {
            for (int j = left; j <= right; j++)
            {
                double down = i + 0.5 - row, across = j + 0.5 - column;
                if ((down * down) + (across * across) <= reach * reach)
                {
                    Set(pixels, i, j, color);
                }
            }
        }
    }

    private static void Bar(Span<byte> pixels, int row, double share, (byte R, byte G, byte B) color)
    {
        int length = (int)Math.Round(Math.Clamp(share, 0, 1) * Side);
        for (int column = 0; column < Side; column++)
        {
            Set(pixels, row, column, column < length ? color : ((byte)0, (byte)0, (byte)0));
        }
    }

    private static void Set(Span<byte> pixels, int row, int column, (byte R, byte G, byte B) color) =>
        (pixels[3 * ((row * Side) + column)], pixels[(3 * ((row * Side) + column)) + 1], pixels[(3 * ((row * Side) + column)) + 2]) = color;
}
