using Proximal.Control.Rendering;
using Proximal.Worlds.TowerDefence;

namespace Proximal.Control.Environments.TowerDefence;

/// <summary>Draws a game of tower defence.</summary>
public static class TowerPicture
{
    private static readonly Color Ground = new(0xE9, 0xEE, 0xE2);
    private static readonly Color Road = new(0xD2, 0xC0, 0x9A);
    private static readonly Color Range = new(0xDD, 0xE6, 0xDC);
    private static readonly Color[] Towers = [Color.Gray, Color.Teal, new(0x3A, 0x7C, 0xA5), Color.Indigo];
    private static readonly Color[] Enemies = [Color.Crimson, Color.Amber, new(0x7A, 0x1F, 0x3D), new(0x8E, 0x5B, 0xC7), new(0xD6, 0x4F, 0x9A)];

    /// <summary>Draws a game.</summary>
    /// <param name="canvas">Receives the picture.</param>
    /// <param name="world">The game.</param>
    public static void Draw(Canvas canvas, TowerWorld world)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(world);
        const double Edge = TowerRules.MapRadius + 0.25;
        canvas.SetWorld(-Edge, -Edge - 0.45, Edge, Edge);
        canvas.Rectangle(-Edge, -Edge, Edge, Edge, Ground);
        TowerLevel level = world.Level;
        for (int point = 0; point < level.Points.Count; point++)
        {
            TowerSite site = world.Site(point);
            if (site.Kind is TowerKind.Archer or TowerKind.Magician)
            {
                canvas.Circle(At(site.Place), level.Rules.Radius(site.Kind), Range);
            }
        }

        foreach (IReadOnlyList<MapPoint> path in level.Paths)
        {
            canvas.Lines([.. path.Select(At)], 0.32, Road);
        }

        canvas.Circle(At(level.Paths[0][^1]), 0.26, Color.Ink);
        if (world.Fire is { } fire)
        {
            canvas.Circle(At(fire.Place), level.Rules.FireDiameter / 2, Color.Amber);
        }

        DrawTowers(canvas, world);
        for (int knight = 0; knight < world.KnightCount; knight++)
        {
            canvas.Circle(At(world.Knight(knight).Place), 0.08, Color.Sky);
        }

        DrawEnemies(canvas, world);
        if (world.Hero.Alive)
        {
            canvas.Circle(At(world.Hero.Place), 0.14, Color.Ink);
            canvas.Circle(At(world.Hero.Place), 0.09, Color.White);
        }

        if (world.Coin is { } coin)
        {
            canvas.Circle(At(coin.Place), 0.12, Color.Amber);
            canvas.Text(At(coin.Place), 0.14, "$", Color.Ink);
        }

        canvas.Text(
            new Point(-Edge + 0.05, -Edge - 0.22),
            0.2,
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{level.Name[..Math.Min(16, level.Name.Length)]}  money {world.Money}  lives {world.Lives}/{level.Lives}  wave {Math.Min(world.Wave + 1, level.Waves.Count)}/{level.Waves.Count}"),
            Color.Ink,
            TextAnchor.Left);
    }

    private static void DrawTowers(Canvas canvas, TowerWorld world)
    {
        for (int point = 0; point < world.Level.Points.Count; point++)
        {
            TowerSite site = world.Site(point);
            Point at = At(site.Place);
            if (site.Kind == TowerKind.None)
            {
                canvas.Circle(at, 0.16, Color.Silver);
                continue;
            }

            const double Half = 0.19;
            canvas.Rectangle(at.X - Half, at.Y - Half, at.X + Half, at.Y + Half, site.Frozen > 0 ? Color.Silver : Towers[(int)site.Kind]);
            canvas.Text(at, 0.17, TowerNames.Of(site.Kind)[..1].ToUpperInvariant() + new string('+', site.Level), Color.White);
        }
    }

    private static void DrawEnemies(Canvas canvas, TowerWorld world)
    {
        for (int enemy = 0; enemy < world.EnemyCount; enemy++)
        {
            if (!world.Sees(enemy))
            {
                continue;
            }

            TowerEnemy seen = world.Enemy(enemy);
            double radius = seen.Kind == EnemyKind.Brute ? 0.16 : seen.Kind == EnemyKind.Runner ? 0.09 : 0.12;
            double share = seen.HitPoints / (world.Level.Rules.Enemy(seen.Kind).HitPoints * world.Level.HitPointMultiplier);
            canvas.Circle(At(seen.Place), radius, Enemies[(int)seen.Kind]);
            canvas.Rectangle(seen.Place.X - 0.15, seen.Place.Y + 0.2, seen.Place.X + 0.15, seen.Place.Y + 0.24, Color.Silver);
            canvas.Rectangle(seen.Place.X - 0.15, seen.Place.Y + 0.2, seen.Place.X - 0.15 + (0.3 * Math.Clamp(share, 0.02, 1)), seen.Place.Y + 0.24, Color.Crimson);
        }
    }

    private static Point At(MapPoint place) => new(place.X, place.Y);
}
