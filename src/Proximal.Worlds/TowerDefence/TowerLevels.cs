using Proximal.Tensors.Random;

namespace Proximal.Worlds.TowerDefence;

/// <summary>The five levels of the benchmark, and levels that chance draws.</summary>
public static class TowerLevels
{
    private const int LevelStream = 0;

    /// <summary>One path, grunts.</summary>
    public static TowerLevel L1 { get; } = Create(
        "L1", 220, 10, 1.3, (2.5, -2.5),
        [[-3, 1.5, -1, 1.5, -1, -1, 1.5, -1, 1.5, 1, 3, 1]],
        [-2, .8, -.3, .8, -1.7, -1.4, .3, -.3, .8, -1.7, 2.2, .3],
        "5g@1.5 | 5g@1.2 | 7g@1.0");

    /// <summary>One path, grunts and runners.</summary>
    public static TowerLevel L2 { get; } = Create(
        "L2", 220, 10, 1.3, (2.5, -2.5),
        [[-3, -2, 0, -2, 0, 0, -2, 0, -2, 2, 3, 2]],
        [-1.5, -1.3, .7, -1.2, -.7, -.7, -1.2, .7, -2.7, 1, 0, 1.3, 1.5, 1.3],
        "5g@1.5 | 4g2r@1.2 | 6r@.8 | 6g4r@.8");

    /// <summary>Two paths, with brutes.</summary>
    public static TowerLevel L3 { get; } = Create(
        "L3", 240, 8, 1.2, (2.5, -2.5),
        [[-3, 2, 0, 2, 0, 0, 3, 0], [-3, -2, 0, -2, 0, 0, 3, 0]],
        [-1.5, 1.3, -1.5, -1.3, .7, 1.2, .7, -1.2, -.7, .6, -.7, -.6, 1.5, .7, 1.5, -.7],
        "6g@1.2 | 4g4r@1.0 | 1b4g@1.5 | 8r@.6 | 2b6g@1.0");

    /// <summary>Two paths, with bats, which only Archers reach among the towers.</summary>
    public static TowerLevel L4 { get; } = Create(
        "L4", 240, 8, 1.3, (-2.5, -2.5),
        [[-2, 3, -2, 0, 1, 0, 1, -3], [3, 2, 1, 2, 1, -3]],
        [-2.7, 1.5, -1.3, 1.2, -1.2, -.7, .2, .7, .3, -.8, 1.8, .8, 1.7, -.8, 1.8, -2, .3, -2],
        "6g@1.2 | 5f@1.2 | 4g4r@1.0 | 1b6f@1.0 | 2b4r@1.0 | 3b6f@.8");

    /// <summary>Three paths, with shamans and brutes.</summary>
    public static TowerLevel L5 { get; } = Create(
        "L5", 260, 6, 1.2, (-2.5, -2.5),
        [[-3, 2.5, 2, 2.5, 2, 0, 0, 0, 0, -3], [-3, 0, 0, 0, 0, -3], [3, -2, 0, -2, 0, -3]],
        [-2, 1.8, -.5, 1.8, 1.3, 1.8, 2.7, 1.2, 1.3, .7, 1, -.7, -1.5, .7, -1.5, -.7, -.7, -1.2, .7, -1.3, 1.6, -2.6, -.7, -2.4],
        "8g@1.0 | 6f@1.0 | 2s6g@1.2 | 2b6r@1.0 | 2s8f@.8 | 3b2s@1.5 | 4b8r4f@.8");

    /// <summary>All five in order.</summary>
    public static IReadOnlyList<TowerLevel> All { get; } = [L1, L2, L3, L4, L5];

    /// <summary>The level of a name such as <c>L3</c>, in either case, or null.</summary>
    public static TowerLevel? Find(string name) => All.FirstOrDefault(level => string.Equals(level.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>One of the five, drawn uniformly.</summary>
    /// <param name="seed">The seed.</param>
    public static TowerLevel Draw(ulong seed) => All[new RandomStream(seed, RandomPurpose.Environment, LevelStream).Integer(0, All.Count)];

    /// <summary>
    /// One of the five with other waves: as many waves as it has, each with as many hit points at least as its own, of kinds that the level's
    /// waves have, one or two kinds a wave, and a gap of 0.8 to 1.5 s.
    /// </summary>
    /// <param name="seed">The seed.</param>
    public static TowerLevel DrawWithWaves(ulong seed)
    {
        RandomStream random = new(seed, RandomPurpose.Environment, LevelStream);
        TowerLevel level = All[random.Integer(0, All.Count)];
        EnemyKind[] kinds = [.. Enum.GetValues<EnemyKind>().Where(kind => level.Waves.Any(wave => wave.Count(kind) > 0))];
        List<TowerWave> waves = [];
        foreach (TowerWave wave in level.Waves)
        {
            long position = 8L * (waves.Count + 1);
            EnemyKind first = kinds[random.Integer(position, kinds.Length)], second = kinds[random.Integer(position + 1, kinds.Length)];
            double needed = wave.Groups.Sum(group => group.Count * level.Rules.Enemy(group.Kind).HitPoints);
            int firstCount = Math.Max(1, (int)Math.Round(needed * random.Uniform(position + 2) / level.Rules.Enemy(first).HitPoints));
            double rest = Math.Max(0, needed - (firstCount * level.Rules.Enemy(first).HitPoints));
            int secondCount = (int)Math.Ceiling(rest / level.Rules.Enemy(second).HitPoints);
            List<EnemyGroup> groups = [new(first, firstCount)];
            if (secondCount > 0)
            {
                groups.Add(new EnemyGroup(second, secondCount));
            }

            waves.Add(new TowerWave(groups, Math.Round(0.8 + (0.7 * random.Uniform(position + 3)), 1)));
        }

        return level.WithWaves($"{level.Name}-{seed}", waves);
    }

    private static TowerLevel Create(string name, int money, int lives, double multiplier, (double X, double Y) hero, double[][] paths, double[] points, string waves) => new(
        name, money, lives, multiplier, new MapPoint(hero.X, hero.Y), [.. paths.Select(Points)], Points(points), [.. waves.Split('|').Select(Wave)]);

    private static MapPoint[] Points(double[] numbers) => [.. Enumerable.Range(0, numbers.Length / 2).Select(i => new MapPoint(numbers[2 * i], numbers[(2 * i) + 1]))];

    /// <summary>A wave in short: "4g2r@1.2" are 4 grunts and then 2 runners, 1.2 seconds apart.</summary>
    private static TowerWave Wave(string text)
    {
        string[] parts = text.Trim().Split('@');
        List<EnemyGroup> groups = [];
        int count = 0;
        foreach (char letter in parts[0])
        {
            if (char.IsAsciiDigit(letter))
            {
                count = (10 * count) + letter - '0';
                continue;
            }

            groups.Add(new EnemyGroup((EnemyKind)"grbfs".IndexOf(letter, StringComparison.Ordinal), count));
            count = 0;
        }

        return new TowerWave(groups, double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
    }
}
