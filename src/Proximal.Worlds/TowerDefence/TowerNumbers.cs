namespace Proximal.Worlds.TowerDefence;

/// <summary>
/// The numbers of a level as the world computes with them, all whole: ticks, thousandths of a unit, hundredths of a hit point. So the same actions give
/// the same state on every machine.
/// </summary>
internal sealed class TowerNumbers
{
    public const int HitPointScale = 100;
    public const int TicksPerSecond = 10;

    private readonly int[][] spawns;

    public TowerNumbers(TowerLevel level)
    {
        TowerRules rules = level.Rules;
        EnemyRules[] enemies = [.. Enum.GetValues<EnemyKind>().Select(rules.Enemy)];
        EnemyHitPoints = [.. enemies.Select(enemy => Math.Max(1, HitPoints(enemy.HitPoints * level.HitPointMultiplier)))];
        EnemySpeed = [.. enemies.Select(enemy => Speed(enemy.Speed))];
        EnemyPay = [.. enemies.Select(enemy => enemy.Pay)];
        EnemyDamage = [.. enemies.Select(enemy => HitPoints(enemy.Damage))];
        EnemyInterval = [.. enemies.Select(enemy => Ticks(enemy.Interval))];
        EnemyFlies = [.. enemies.Select(enemy => enemy.Flying)];
        Growth = [.. Enumerable.Range(0, TowerRules.HighestLevel + 1).Select(power => (int)Math.Round(Math.Pow(rules.Growth, power) * 1000))];
        Archer = new ShotNumbers(rules.Archer);
        Magician = new ShotNumbers(rules.Magician);
        spawns = [.. level.Waves.Select(wave => wave.Groups.SelectMany(group => Enumerable.Repeat((int)group.Kind, group.Count)).ToArray())];
        Gaps = [.. level.Waves.Select(wave => Ticks(wave.Gap))];
        FirstWave = Ticks(rules.FirstWave);
        WaveDelay = Ticks(rules.WaveDelay);
        KnightPeriod = Ticks(rules.KnightPeriod);
        KnightHitPoints = HitPoints(rules.KnightHitPoints);
        KnightDamage = HitPoints(rules.KnightDamage);
        KnightSpread = HitPoints(rules.KnightSpread);
        KnightSpeed = Speed(rules.KnightSpeed);
        KnightSight = Squared(rules.KnightSight);
        Block = Squared(rules.BlockDistance);
        BlowInterval = Ticks(rules.BlowInterval);
        HeroHitPoints = HitPoints(rules.HeroHitPoints);
        HeroUpgradeHitPoints = HitPoints(rules.HeroUpgradeHitPoints);
        HeroDamage = HitPoints(rules.HeroDamage);
        HeroSpread = HitPoints(rules.HeroSpread);
        HeroSpeed = Speed(rules.HeroSpeed);
        HeroReach = Squared(rules.HeroReach);
        HeroRegeneration = HitPoints(rules.HeroRegeneration * TowerRules.TickSeconds);
        HeroRevival = Ticks(rules.HeroRevival);
        SkillCost = HitPoints(rules.SkillCost);
        Fire = Squared(rules.FireDiameter / 2);
        FireTicks = Ticks(rules.FireSeconds);
        FirePeriod = Ticks(rules.FirePeriod);
        FireDamage = HitPoints(rules.FireDamage);
        ReinforcementTicks = Ticks(rules.ReinforcementSeconds);
        ReinforcementPeriod = Ticks(rules.ReinforcementPeriod);
        CoinPeriod = Ticks(rules.CoinPeriod);
        CoinExpiry = CoinPeriod - Ticks(rules.CoinSeconds);
        CoinReach = Squared(rules.CoinDistance);
        FreezeTicks = (int)Math.Round(rules.FreezeSeconds * TicksPerSecond);
        FreezePeriod = Ticks(rules.FreezePeriod);
        PointX = [.. level.Points.Select(point => TowerMap.ToThousandths(point.X))];
        PointY = [.. level.Points.Select(point => TowerMap.ToThousandths(point.Y))];
        CellOnPath = [.. Enumerable.Range(0, TowerChoices.Cells).Select(cell => level.Map.DistanceToPath(TowerChoices.CellCenter(cell)) <= rules.PathDistance)];
        CellsOnPath = CellOnPath.Count(on => on);
        PointOfCell = new int[TowerChoices.Cells];
        Array.Fill(PointOfCell, -1);
        for (int point = 0; point < level.Points.Count; point++)
        {
            PointOfCell[TowerChoices.CellOf(level.Points[point])] = point;
        }

        ArcherCoverage = [.. level.Points.Select(point => level.Map.Coverage(point, rules.Radius(TowerKind.Archer)))];
        MagicianCoverage = [.. level.Points.Select(point => level.Map.Coverage(point, rules.Radius(TowerKind.Magician)))];
        DefaultRally = [.. level.Points.Select(point => Rally(level.Map, point, rules.RallyDistance))];
    }

    public int[] EnemyHitPoints { get; }

    public int[] EnemySpeed { get; }

    public int[] EnemyPay { get; }

    public int[] EnemyDamage { get; }

    public int[] EnemyInterval { get; }

    public bool[] EnemyFlies { get; }

    public int[] Growth { get; }

    public ShotNumbers Archer { get; }

    public ShotNumbers Magician { get; }

    public int[] Gaps { get; }

    public int FirstWave { get; }

    public int WaveDelay { get; }

    public int KnightPeriod { get; }

    public int KnightHitPoints { get; }

    public int KnightDamage { get; }

    public int KnightSpread { get; }

    public int KnightSpeed { get; }

    public int KnightSight { get; }

    public int Block { get; }

    public int BlowInterval { get; }

    public int HeroHitPoints { get; }

    public int HeroUpgradeHitPoints { get; }

    public int HeroDamage { get; }

    public int HeroSpread { get; }

    public int HeroSpeed { get; }

    public int HeroReach { get; }

    public int HeroRegeneration { get; }

    public int HeroRevival { get; }

    public int SkillCost { get; }

    public int Fire { get; }

    public int FireTicks { get; }

    public int FirePeriod { get; }

    public int FireDamage { get; }

    public int ReinforcementTicks { get; }

    public int ReinforcementPeriod { get; }

    public int CoinPeriod { get; }

    public int CoinExpiry { get; }

    public int CoinReach { get; }

    public int FreezeTicks { get; }

    public int FreezePeriod { get; }

    public int[] PointX { get; }

    public int[] PointY { get; }

    /// <summary>For each cell of the grid, whether its middle is on a path.</summary>
    public bool[] CellOnPath { get; }

    public int CellsOnPath { get; }

    /// <summary>For each cell of the grid, the tower point in it, or -1.</summary>
    public int[] PointOfCell { get; }

    /// <summary>For each tower point, the units of path that an Archer there reaches.</summary>
    public double[] ArcherCoverage { get; }

    /// <summary>For each tower point, the units of path that a Magician there reaches.</summary>
    public double[] MagicianCoverage { get; }

    public (int X, int Y)[] DefaultRally { get; }

    public ReadOnlySpan<int> Spawns(int wave) => spawns[wave];

    public static int Squared(double units)
    {
        int thousandths = TowerMap.ToThousandths(units);
        return thousandths * thousandths;
    }

    private static int Ticks(double seconds) => Math.Max(1, (int)Math.Round(seconds * TicksPerSecond));

    private static int HitPoints(double points) => (int)Math.Round(points * HitPointScale);

    private static int Speed(double unitsPerSecond) => Math.Max(1, (int)Math.Round(unitsPerSecond * TowerMap.Scale * TowerRules.TickSeconds));

    private static (int X, int Y) Rally(TowerMap map, MapPoint tower, double farthest)
    {
        MapPoint nearest = map.NearestOnPath(tower);
        double x = nearest.X - tower.X, y = nearest.Y - tower.Y, distance = Math.Sqrt((x * x) + (y * y));
        double share = distance > farthest ? farthest / distance : 1;
        return (TowerMap.ToThousandths(tower.X + (share * x)), TowerMap.ToThousandths(tower.Y + (share * y)));
    }

    /// <summary>A tower that shoots.</summary>
    internal readonly struct ShotNumbers(TowerKindRules rules)
    {
        public int Reach { get; } = Squared(rules.Diameter / 2);

        public int Interval { get; } = Ticks(rules.Interval);

        public int Damage { get; } = HitPoints(rules.Damage);

        public int Spread { get; } = HitPoints(rules.Spread);

        public bool Air { get; } = rules.Air;

        public int Splash { get; } = Squared(rules.Splash);
    }
}
