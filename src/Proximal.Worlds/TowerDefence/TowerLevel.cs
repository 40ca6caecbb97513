using System.Globalization;

namespace Proximal.Worlds.TowerDefence;

/// <summary>A map with its waves and its means: what a level file holds.</summary>
public sealed class TowerLevel
{
    /// <summary>Paths at most.</summary>
    public const int MostPaths = 3;

    /// <summary>Corners of a path at most, both ends included.</summary>
    public const int MostCorners = 20;

    /// <summary>Tower points at most.</summary>
    public const int MostPoints = 15;

    /// <summary>Waves at most.</summary>
    public const int MostWaves = 30;

    /// <summary>Enemies of a wave at most.</summary>
    public const int MostEnemies = 200;

    /// <summary>Length of a path at most, in units.</summary>
    public const double LongestPath = 60;

    /// <summary>Creates a level.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="money">Money at the beginning.</param>
    /// <param name="lives">Lives at the beginning.</param>
    /// <param name="hitPointMultiplier">Factor of the hit points of enemies.</param>
    /// <param name="hero">Where the hero begins.</param>
    /// <param name="paths">Polylines that all end at the base.</param>
    /// <param name="points">Where towers can be built.</param>
    /// <param name="waves">Who comes.</param>
    /// <param name="rules">The numbers of the game; the usual ones when null.</param>
    /// <exception cref="TowerLevelException">Something is outside its range.</exception>
    public TowerLevel(
        string name,
        int money,
        int lives,
        double hitPointMultiplier,
        MapPoint hero,
        IReadOnlyList<IReadOnlyList<MapPoint>> paths,
        IReadOnlyList<MapPoint> points,
        IReadOnlyList<TowerWave> waves,
        TowerRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(waves);
        Name = name;
        Money = money;
        Lives = lives;
        HitPointMultiplier = hitPointMultiplier;
        Hero = hero;
        Paths = paths;
        Points = points;
        Waves = waves;
        Rules = rules ?? new TowerRules();
        Validate();
        Map = new TowerMap(this);
        Numbers = new TowerNumbers(this);
        Template = TowerObservation.CreateTemplate(this);
        Background = TowerPixels.CreateBackground(this);
        Fingerprint = Fnv1a.Hash(TowerLevelWriter.ToJson(this));
    }

    /// <summary>The name, as <c>L1</c>.</summary>
    public string Name { get; }

    /// <summary>Money at the beginning.</summary>
    public int Money { get; }

    /// <summary>Lives at the beginning, TotalLife.</summary>
    public int Lives { get; }

    /// <summary>Factor of the hit points of enemies.</summary>
    public double HitPointMultiplier { get; }

    /// <summary>Where the hero begins.</summary>
    public MapPoint Hero { get; }

    /// <summary>Polylines to the base, which is the last corner of each.</summary>
    public IReadOnlyList<IReadOnlyList<MapPoint>> Paths { get; }

    /// <summary>Where towers can be built.</summary>
    public IReadOnlyList<MapPoint> Points { get; }

    /// <summary>Who comes, wave by wave.</summary>
    public IReadOnlyList<TowerWave> Waves { get; }

    /// <summary>The numbers of the game.</summary>
    public TowerRules Rules { get; }

    /// <summary>FNV-1a 64 of the level as a file.</summary>
    public ulong Fingerprint { get; }

    /// <summary>The geometry of the paths.</summary>
    public TowerMap Map { get; }

    /// <summary>Enemies of all waves.</summary>
    public int Enemies => Waves.Sum(wave => wave.Enemies);

    internal TowerNumbers Numbers { get; }

    /// <summary>The structured observation without what changes.</summary>
    internal float[] Template { get; }

    /// <summary>The picture without what changes.</summary>
    internal byte[] Background { get; }

    /// <summary>The same map with other waves.</summary>
    /// <param name="name">Name of the new level.</param>
    /// <param name="waves">Who comes.</param>
    /// <exception cref="TowerLevelException">Something is outside its range.</exception>
    public TowerLevel WithWaves(string name, IReadOnlyList<TowerWave> waves) => new(name, Money, Lives, HitPointMultiplier, Hero, Paths, Points, waves, Rules);

    /// <summary>The same map with other numbers.</summary>
    /// <param name="rules">The numbers of the game.</param>
    /// <param name="hitPointMultiplier">Factor of the hit points of enemies; unchanged when null.</param>
    /// <exception cref="TowerLevelException">Something is outside its range.</exception>
    public TowerLevel WithRules(TowerRules rules, double? hitPointMultiplier = null) =>
        new(Name, Money, Lives, hitPointMultiplier ?? HitPointMultiplier, Hero, Paths, Points, Waves, rules);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private void Validate()
    {
        if (Name.Length is 0 or > 64 || Name.Any(char.IsControl))
        {
            throw new TowerLevelException($"name: '{Name[..Math.Min(Name.Length, 64)]}', expected 1 to 64 characters without control characters");
        }

        Number("money", Money, 0, 100_000);
        Number("lives", Lives, 1, 10_000);
        Number("hit-point-multiplier", HitPointMultiplier, 0.01, 10);
        Place("hero", Hero);
        Number("paths", Paths.Count, 1, MostPaths);
        for (int i = 0; i < Paths.Count; i++)
        {
            ValidatePath($"paths[{i}]", Paths[i]);
        }

        Number("points", Points.Count, 1, MostPoints);
        for (int i = 0; i < Points.Count; i++)
        {
            Place($"points[{i}]", Points[i]);
            for (int j = 0; j < i; j++)
            {
                if (Distance(Points[i], Points[j]) < 2 * Rules.BuildDistance)
                {
                    throw new TowerLevelException($"points[{i}]: {Points[i]} is nearer than twice the build distance to points[{j}] {Points[j]}, expected points that no place is near to at once");
                }
            }
        }

        Number("waves", Waves.Count, 1, MostWaves);
        for (int i = 0; i < Waves.Count; i++)
        {
            Number($"waves[{i}].enemies", Waves[i].Groups.Count, 1, MostEnemies);
            foreach (EnemyGroup group in Waves[i].Groups)
            {
                Number($"waves[{i}].enemies.count", group.Count, 1, MostEnemies);
            }

            Number($"waves[{i}].enemies", Waves[i].Enemies, 1, MostEnemies);
            Number($"waves[{i}].gap", Waves[i].Gap, TowerRules.TickSeconds, 100);
        }

        foreach (TowerRuleKey key in TowerRuleKey.All)
        {
            Number($"rules.{key.Name}", key.Get(Rules), key.Low, key.High);
        }

        if (Rules.CoinSeconds > Rules.CoinPeriod)
        {
            throw new TowerLevelException(Invariant($"rules.coin-seconds: {Rules.CoinSeconds}, expected at most the coin-period of {Rules.CoinPeriod}"));
        }
    }

    private void ValidatePath(string key, IReadOnlyList<MapPoint> path)
    {
        Number(key, path.Count, 2, MostCorners);
        double length = 0;
        for (int i = 0; i < path.Count; i++)
        {
            Place($"{key}[{i}]", path[i]);
            double step = i == 0 ? 1 : Distance(path[i - 1], path[i]);
            length += i == 0 ? 0 : step;
            if (step < 0.01)
            {
                throw new TowerLevelException($"{key}[{i}]: {path[i]} lies on the corner before it, expected another place");
            }
        }

        Number($"{key}.length", length, 0.1, LongestPath);
        if (Distance(path[^1], Paths[0][^1]) > 0)
        {
            throw new TowerLevelException($"{key}: ends at {path[^1]}, expected the base {Paths[0][^1]} where the first path ends");
        }
    }

    private static double Distance(MapPoint a, MapPoint b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));

    private static void Place(string key, MapPoint point)
    {
        Number($"{key}.x", point.X, -TowerRules.MapRadius, TowerRules.MapRadius);
        Number($"{key}.y", point.Y, -TowerRules.MapRadius, TowerRules.MapRadius);
    }

    private static void Number(string key, double value, double low, double high)
    {
        if (!(value >= low && value <= high))
        {
            throw new TowerLevelException(Invariant($"{key}: {value}, expected {low} to {high}"));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
