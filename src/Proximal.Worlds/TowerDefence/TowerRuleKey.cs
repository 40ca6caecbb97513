namespace Proximal.Worlds.TowerDefence;

/// <summary>A number of the rules as level files name it.</summary>
/// <param name="Name">The key, as <c>archer-price</c>.</param>
/// <param name="Low">Lowest value.</param>
/// <param name="High">Highest value.</param>
/// <param name="Whole">Whether it is a whole number.</param>
/// <param name="Get">Reads it.</param>
/// <param name="With">Gives the rules with another value.</param>
internal sealed record TowerRuleKey(string Name, double Low, double High, bool Whole, Func<TowerRules, double> Get, Func<TowerRules, double, TowerRules> With)
{
    /// <summary>All of them, in the order in which files have them. Bounds keep every number of a state within 24 bits.</summary>
    public static IReadOnlyList<TowerRuleKey> All { get; } =
    [
        Integer("decision-period", 1, 100, r => r.DecisionPeriod, (r, v) => r with { DecisionPeriod = v }),
        Integer("maximum-decisions", 1, 10_000, r => r.MaximumDecisions, (r, v) => r with { MaximumDecisions = v }),
        Number("first-wave", 0.1, 100, r => r.FirstWave, (r, v) => r with { FirstWave = v }),
        Number("wave-delay", 0.1, 100, r => r.WaveDelay, (r, v) => r with { WaveDelay = v }),
        Number("build-distance", 0.01, 1, r => r.BuildDistance, (r, v) => r with { BuildDistance = v }),
        Number("path-distance", 0.01, 1, r => r.PathDistance, (r, v) => r with { PathDistance = v }),
        .. Tower("archer", r => r.Archer, (r, v) => r with { Archer = v }),
        .. Tower("magician", r => r.Magician, (r, v) => r with { Magician = v }),
        Integer("knight-price", 0, 10_000, r => r.KnightPrice, (r, v) => r with { KnightPrice = v }),
        Number("knight-period", 0.1, 100, r => r.KnightPeriod, (r, v) => r with { KnightPeriod = v }),
        Integer("knights-per-tower", 0, 10, r => r.KnightsPerTower, (r, v) => r with { KnightsPerTower = v }),
        Number("rally-distance", 0.01, 6, r => r.RallyDistance, (r, v) => r with { RallyDistance = v }),
        Integer("upgrade-price", 0, 10_000, r => r.UpgradePrice, (r, v) => r with { UpgradePrice = v }),
        Number("growth", 1, 4, r => r.Growth, (r, v) => r with { Growth = v }),
        Number("refund", 0, 1, r => r.Refund, (r, v) => r with { Refund = v }),
        Number("knight-hit-points", 0.01, 1000, r => r.KnightHitPoints, (r, v) => r with { KnightHitPoints = v }),
        Number("knight-damage", 0, 1000, r => r.KnightDamage, (r, v) => r with { KnightDamage = v }),
        Number("knight-spread", 0, 1000, r => r.KnightSpread, (r, v) => r with { KnightSpread = v }),
        Number("blow-interval", 0.1, 1.5, r => r.BlowInterval, (r, v) => r with { BlowInterval = v }),
        Number("knight-speed", 0.01, 10, r => r.KnightSpeed, (r, v) => r with { KnightSpeed = v }),
        Number("knight-sight", 0, 6, r => r.KnightSight, (r, v) => r with { KnightSight = v }),
        Number("block-distance", 0, 1, r => r.BlockDistance, (r, v) => r with { BlockDistance = v }),
        Number("hero-hit-points", 0.01, 1000, r => r.HeroHitPoints, (r, v) => r with { HeroHitPoints = v }),
        Number("hero-damage", 0, 1000, r => r.HeroDamage, (r, v) => r with { HeroDamage = v }),
        Number("hero-spread", 0, 1000, r => r.HeroSpread, (r, v) => r with { HeroSpread = v }),
        Number("hero-speed", 0.01, 10, r => r.HeroSpeed, (r, v) => r with { HeroSpeed = v }),
        Number("hero-reach", 0, 6, r => r.HeroReach, (r, v) => r with { HeroReach = v }),
        Number("hero-regeneration", 0, 100, r => r.HeroRegeneration, (r, v) => r with { HeroRegeneration = v }),
        Number("hero-revival", 0.1, 100, r => r.HeroRevival, (r, v) => r with { HeroRevival = v }),
        Integer("hero-upgrade-price", 0, 10_000, r => r.HeroUpgradePrice, (r, v) => r with { HeroUpgradePrice = v }),
        Number("hero-upgrade-hit-points", 0, 1000, r => r.HeroUpgradeHitPoints, (r, v) => r with { HeroUpgradeHitPoints = v }),
        Integer("hero-upgrades", 0, 10, r => r.HeroUpgrades, (r, v) => r with { HeroUpgrades = v }),
        Number("skill-cost", 0, 1000, r => r.SkillCost, (r, v) => r with { SkillCost = v }),
        Number("fire-diameter", 0.01, 6, r => r.FireDiameter, (r, v) => r with { FireDiameter = v }),
        Number("fire-seconds", 0.1, 100, r => r.FireSeconds, (r, v) => r with { FireSeconds = v }),
        Number("fire-period", 0.1, 100, r => r.FirePeriod, (r, v) => r with { FirePeriod = v }),
        Number("fire-damage", 0, 1000, r => r.FireDamage, (r, v) => r with { FireDamage = v }),
        Integer("reinforcement-knights", 0, 10, r => r.ReinforcementKnights, (r, v) => r with { ReinforcementKnights = v }),
        Number("reinforcement-seconds", 0.1, 25, r => r.ReinforcementSeconds, (r, v) => r with { ReinforcementSeconds = v }),
        Number("reinforcement-period", 0.1, 1000, r => r.ReinforcementPeriod, (r, v) => r with { ReinforcementPeriod = v }),
        Number("coin-period", 0.1, 1000, r => r.CoinPeriod, (r, v) => r with { CoinPeriod = v }),
        Number("coin-seconds", 0.1, 1000, r => r.CoinSeconds, (r, v) => r with { CoinSeconds = v }),
        Integer("coin-value", 1, 1000, r => r.CoinValue, (r, v) => r with { CoinValue = v }),
        Integer("coin-spread", 0, 1000, r => r.CoinSpread, (r, v) => r with { CoinSpread = v }),
        Number("coin-distance", 0.01, 6, r => r.CoinDistance, (r, v) => r with { CoinDistance = v }),
        Number("freeze-seconds", 0, 100, r => r.FreezeSeconds, (r, v) => r with { FreezeSeconds = v }),
        Number("freeze-period", 0.1, 12, r => r.FreezePeriod, (r, v) => r with { FreezePeriod = v }),
        Number("sight", 0, 10, r => r.Sight, (r, v) => r with { Sight = v }),
        Number("step-cost", 0, 1, r => r.StepCost, (r, v) => r with { StepCost = v }),
        .. Enum.GetValues<EnemyKind>().SelectMany(Enemy),
    ];

    private static TowerRuleKey Integer(string name, double low, double high, Func<TowerRules, int> get, Func<TowerRules, int, TowerRules> with) =>
        new(name, low, high, true, rules => get(rules), (rules, value) => with(rules, (int)value));

    private static TowerRuleKey Number(string name, double low, double high, Func<TowerRules, double> get, Func<TowerRules, double, TowerRules> with) =>
        new(name, low, high, false, get, with);

    private static IEnumerable<TowerRuleKey> Tower(string name, Func<TowerRules, TowerKindRules> get, Func<TowerRules, TowerKindRules, TowerRules> with) =>
    [
        Integer($"{name}-price", 0, 10_000, r => get(r).Price, (r, v) => with(r, get(r) with { Price = v })),
        Number($"{name}-diameter", 0.01, 12, r => get(r).Diameter, (r, v) => with(r, get(r) with { Diameter = v })),
        Number($"{name}-interval", 0.1, 100, r => get(r).Interval, (r, v) => with(r, get(r) with { Interval = v })),
        Number($"{name}-damage", 0, 1000, r => get(r).Damage, (r, v) => with(r, get(r) with { Damage = v })),
        Number($"{name}-spread", 0, 1000, r => get(r).Spread, (r, v) => with(r, get(r) with { Spread = v })),
        Number($"{name}-splash", 0, 6, r => get(r).Splash, (r, v) => with(r, get(r) with { Splash = v })),
    ];

    private static IEnumerable<TowerRuleKey> Enemy(EnemyKind kind)
    {
        string name = TowerNames.Of(kind);
        return
        [
            Number($"{name}-hit-points", 0.01, 1000, r => r.Enemy(kind).HitPoints, (r, v) => r.WithEnemy(kind, r.Enemy(kind) with { HitPoints = v })),
            Number($"{name}-speed", 0.01, 10, r => r.Enemy(kind).Speed, (r, v) => r.WithEnemy(kind, r.Enemy(kind) with { Speed = v })),
            Integer($"{name}-pay", 0, 1000, r => r.Enemy(kind).Pay, (r, v) => r.WithEnemy(kind, r.Enemy(kind) with { Pay = v })),
            Number($"{name}-damage", 0, 1000, r => r.Enemy(kind).Damage, (r, v) => r.WithEnemy(kind, r.Enemy(kind) with { Damage = v })),
            Number($"{name}-interval", 0.1, 12, r => r.Enemy(kind).Interval, (r, v) => r.WithEnemy(kind, r.Enemy(kind) with { Interval = v })),
        ];
    }
}
