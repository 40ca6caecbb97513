using System.Globalization;

namespace Proximal.Worlds.TowerDefence;

/// <summary>
/// The game as lines of at most 80 characters for a terminal: the map, 49 by 25 characters with the tower points by their letters, and beside it what can be
/// had. A tower shows its kind and level (A0, K1, M2), * behind it when frozen; g r b f s are grunt, runner, brute, bat (it flies) and shaman.
/// </summary>
public static class TowerText
{
    /// <summary>Columns of the map.</summary>
    public const int Columns = 49;

    /// <summary>Rows of the map.</summary>
    public const int Rows = 25;

    private const string Letters = "grbfs";
    private const string Kinds = ".AKM";

    /// <summary>The letter of a tower point.</summary>
    /// <param name="point">From 0.</param>
    public static char PointName(int point) => (char)('a' + point);

    /// <summary>The row and column in which a place is shown.</summary>
    public static (int Row, int Column) CellOf(MapPoint place) => (
        Math.Clamp((int)Math.Round((TowerRules.MapRadius - place.Y) / (2 * TowerRules.MapRadius) * (Rows - 1)), 0, Rows - 1),
        Math.Clamp((int)Math.Round((place.X + TowerRules.MapRadius) / (2 * TowerRules.MapRadius) * (Columns - 1)), 0, Columns - 1));

    /// <summary>The place that a row and column show.</summary>
    public static MapPoint PlaceOf(int row, int column) => new(X(column), Y(row));

    /// <summary>The lines of a game.</summary>
    /// <param name="world">The game.</param>
    /// <returns><see cref="Rows"/> lines.</returns>
    public static IReadOnlyList<string> Lines(TowerWorld world)
    {
        ArgumentNullException.ThrowIfNull(world);
        char[][] map = [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Repeat(' ', Columns).ToArray())];
        DrawGround(world.Level, map);
        if (world.Fire is { } fire)
        {
            DrawFire(map, fire.Place, world.Level.Rules.FireDiameter / 2);
        }

        if (world.Coin is { } coin)
        {
            Put(map, coin.Place, "$");
        }

        for (int point = 0; point < world.Level.Points.Count; point++)
        {
            TowerSite site = world.Site(point);
            string shown = site.Kind == TowerKind.None
                ? $"({PointName(point)})"
                : string.Create(CultureInfo.InvariantCulture, $"{Kinds[(int)site.Kind]}{site.Level}{(site.Frozen > 0 ? '*' : PointName(point))}");
            Put(map, site.Place, shown);
        }

        for (int knight = 0; knight < world.KnightCount; knight++)
        {
            Put(map, world.Knight(knight).Place, "k");
        }

        for (int enemy = 0; enemy < world.EnemyCount; enemy++)
        {
            if (world.Sees(enemy))
            {
                Put(map, world.Enemy(enemy).Place, $"{Letters[(int)world.Enemy(enemy).Kind]}");
            }
        }

        if (world.Hero.Alive)
        {
            Put(map, world.Hero.Place, "@");
        }

        List<string> panel = Panel(world);
        return [.. map.Select((row, index) => (new string(row) + (index < panel.Count ? "  " + panel[index] : "")).TrimEnd())];
    }

    private static void DrawGround(TowerLevel level, char[][] map)
    {
        for (int path = 0; path < level.Paths.Count; path++)
        {
            for (double distance = 0; distance <= level.Map.Length(path); distance += 0.05)
            {
                Put(map, level.Map.At(path, distance), ".");
            }
        }

        Put(map, level.Paths[0][^1], "#");
    }

    private static void DrawFire(char[][] map, MapPoint center, double radius)
    {
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                double x = X(column) - center.X, y = Y(row) - center.Y;
                if ((x * x) + (y * y) <= radius * radius)
                {
                    map[row][column] = '*';
                }
            }
        }
    }

    private static List<string> Panel(TowerWorld world)
    {
        TowerLevel level = world.Level;
        TowerHero hero = world.Hero;
        List<string> lines =
        [
            $"level {level.Name[..Math.Min(22, level.Name.Length)]}",
            Line($"money {world.Money}   lives {world.Lives}/{level.Lives}"),
            Line($"wave {Math.Min(world.Wave + 1, level.Waves.Count)}/{level.Waves.Count}   time {world.Decision}/{level.Rules.MaximumDecisions}"),
            world.Wave < level.Waves.Count ? Line($"next enemy in {world.NextSpawn:0.0} s") : "no more enemies come",
            world.Wave < level.Waves.Count ? string.Join(' ', level.Waves[world.Wave].Groups.Select(group => Line($"{group.Count}{Letters[(int)group.Kind]}"))) : "",
            "",
            hero.Alive ? Line($"hero @ {hero.HitPoints:0}/{hero.Maximum:0}") : Line($"hero revives in {hero.Revival:0} s"),
            world.ReinforcementCooldown > 0 ? Line($"knights in {world.ReinforcementCooldown:0} s") : "knights can be called",
            world.Coin is { } coin ? Line($"coin $ of {coin.Value} for {coin.Seconds:0} s") : "",
            "",
            Line($"A archer {level.Rules.Archer.Price}  K knights {level.Rules.KnightPrice}"),
            Line($"M magician {level.Rules.Magician.Price}"),
            Line($"upgrade {level.Rules.UpgradePrice}, {2 * level.Rules.UpgradePrice}"),
        ];
        if (world.LastAction.Type != TowerActionType.Nothing)
        {
            lines.AddRange(["", $"{TowerNames.Of(world.LastAction.Type)}: {(world.LastError == TowerError.None ? "done" : TowerNames.Of(world.LastError))}"]);
        }

        if (!world.Running)
        {
            lines.AddRange(["", Line($"{TowerNames.Of(world.Outcome)}, score {world.Score:0}")]);
        }

        return lines;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double X(int column) => (column * 2 * TowerRules.MapRadius / (Columns - 1)) - TowerRules.MapRadius;

    private static double Y(int row) => TowerRules.MapRadius - (row * 2 * TowerRules.MapRadius / (Rows - 1));

    private static void Put(char[][] map, MapPoint place, string text)
    {
        (int row, int column) = CellOf(place);
        column -= text.Length / 2;
        for (int i = 0; i < text.Length; i++)
        {
            if (column + i >= 0 && column + i < Columns)
            {
                map[row][column + i] = text[i];
            }
        }
    }
}
