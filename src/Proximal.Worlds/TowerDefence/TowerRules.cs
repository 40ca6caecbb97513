namespace Proximal.Worlds.TowerDefence;

/// <summary>
/// The numbers of the game, each of which a level may change. A tick is 0.1 s. The kinds, the twelve action types, the refund, the step cost and one
/// life per arrival are TowerMind's; the numbers are ours. What no source gives is decided here: grunts, runners and shamans strike with 4 / 1.0 s, 3 / 1.0 s
/// and not at all; the hero blocks as knights do; one fire burns at a time and harms walkers and fliers; the hero has at most three upgrades.
/// </summary>
public sealed record TowerRules
{
    /// <summary>The map reaches from minus this to this on both axes.</summary>
    public const double MapRadius = 3;

    /// <summary>Seconds of a tick.</summary>
    public const double TickSeconds = 0.1;

    /// <summary>Highest level of a tower.</summary>
    public const int HighestLevel = 2;

    /// <summary>Ticks between decisions.</summary>
    public int DecisionPeriod { get; init; } = 10;

    /// <summary>Decisions after which an episode ends.</summary>
    public int MaximumDecisions { get; init; } = 240;

    /// <summary>Seconds before the first wave.</summary>
    public double FirstWave { get; init; } = 3;

    /// <summary>Seconds from the last spawn of a wave to the next wave.</summary>
    public double WaveDelay { get; init; } = 12;

    /// <summary>How near an action must be to a tower point.</summary>
    public double BuildDistance { get; init; } = 0.25;

    /// <summary>How near a place must be to a path to be on it.</summary>
    public double PathDistance { get; init; } = 0.25;

    /// <summary>The Archer tower.</summary>
    public TowerKindRules Archer { get; init; } = new(70, 2.4, 0.8, 8, 4, true, 0);

    /// <summary>The Magician tower.</summary>
    public TowerKindRules Magician { get; init; } = new(100, 2.2, 1.6, 22, 8, false, 0.3);

    /// <summary>Price of a Knight tower.</summary>
    public int KnightPrice { get; init; } = 80;

    /// <summary>Seconds between knights of a tower.</summary>
    public double KnightPeriod { get; init; } = 5;

    /// <summary>Knights of a tower at once.</summary>
    public int KnightsPerTower { get; init; } = 3;

    /// <summary>How far from its tower a rally point may lie.</summary>
    public double RallyDistance { get; init; } = 1.2;

    /// <summary>Upgrading a tower of level l costs this times l + 1.</summary>
    public int UpgradePrice { get; init; } = 60;

    /// <summary>Factor of the damage per level.</summary>
    public double Growth { get; init; } = 1.3;

    /// <summary>Share of the money spent on a tower that selling it gives back.</summary>
    public double Refund { get; init; } = 0.6;

    /// <summary>Hit points of a knight.</summary>
    public double KnightHitPoints { get; init; } = 60;

    /// <summary>Least damage of a knight's blow.</summary>
    public double KnightDamage { get; init; } = 6;

    /// <summary>What chance adds to it at most.</summary>
    public double KnightSpread { get; init; } = 3;

    /// <summary>Seconds between blows of knights and of the hero.</summary>
    public double BlowInterval { get; init; } = 1;

    /// <summary>Units a second of a knight.</summary>
    public double KnightSpeed { get; init; } = 0.7;

    /// <summary>From how far a knight goes to meet a walker.</summary>
    public double KnightSight { get; init; } = 0.5;

    /// <summary>From how far a knight or the hero holds a walker.</summary>
    public double BlockDistance { get; init; } = 0.2;

    /// <summary>Hit points of the hero.</summary>
    public double HeroHitPoints { get; init; } = 140;

    /// <summary>Least damage of the hero's blow.</summary>
    public double HeroDamage { get; init; } = 10;

    /// <summary>What chance adds to it at most.</summary>
    public double HeroSpread { get; init; } = 4;

    /// <summary>Units a second of the hero.</summary>
    public double HeroSpeed { get; init; } = 0.8;

    /// <summary>From how far the hero strikes.</summary>
    public double HeroReach { get; init; } = 0.6;

    /// <summary>Hit points that the hero regains a second.</summary>
    public double HeroRegeneration { get; init; } = 1;

    /// <summary>Seconds until the hero revives.</summary>
    public double HeroRevival { get; init; } = 15;

    /// <summary>Price of an upgrade of the hero.</summary>
    public int HeroUpgradePrice { get; init; } = 90;

    /// <summary>Hit points that an upgrade adds.</summary>
    public double HeroUpgradeHitPoints { get; init; } = 40;

    /// <summary>Upgrades of the hero at most.</summary>
    public int HeroUpgrades { get; init; } = 3;

    /// <summary>Hit points that the skill costs; the hero must keep some.</summary>
    public double SkillCost { get; init; } = 30;

    /// <summary>Diameter of the fire.</summary>
    public double FireDiameter { get; init; } = 1;

    /// <summary>Seconds that it burns.</summary>
    public double FireSeconds { get; init; } = 4;

    /// <summary>Seconds between its damages.</summary>
    public double FirePeriod { get; init; } = 0.5;

    /// <summary>Damage of the fire each time.</summary>
    public double FireDamage { get; init; } = 7;

    /// <summary>Knights of reinforcements.</summary>
    public int ReinforcementKnights { get; init; } = 2;

    /// <summary>Seconds that they stay.</summary>
    public double ReinforcementSeconds { get; init; } = 12;

    /// <summary>Seconds between reinforcements.</summary>
    public double ReinforcementPeriod { get; init; } = 20;

    /// <summary>Seconds between coins.</summary>
    public double CoinPeriod { get; init; } = 10;

    /// <summary>Seconds that a coin stays.</summary>
    public double CoinSeconds { get; init; } = 6;

    /// <summary>Least value of a coin.</summary>
    public int CoinValue { get; init; } = 15;

    /// <summary>What chance adds to it at most.</summary>
    public int CoinSpread { get; init; } = 10;

    /// <summary>How near an action must be to a coin.</summary>
    public double CoinDistance { get; init; } = 0.4;

    /// <summary>Seconds that a shaman freezes a tower for.</summary>
    public double FreezeSeconds { get; init; } = 3;

    /// <summary>Seconds between freezes of a shaman.</summary>
    public double FreezePeriod { get; init; } = 9;

    /// <summary>Fog: observations show enemies only within this distance of the hero, a tower or the base; 0 for none.</summary>
    public double Sight { get; init; }

    /// <summary>Reward of a decision besides lives lost and success.</summary>
    public double StepCost { get; init; } = 0.0005;

    /// <summary>The grunt.</summary>
    public EnemyRules Grunt { get; init; } = new(40, 0.45, 6, 4, 1);

    /// <summary>The runner.</summary>
    public EnemyRules Runner { get; init; } = new(25, 0.8, 5, 3, 1);

    /// <summary>The brute.</summary>
    public EnemyRules Brute { get; init; } = new(160, 0.3, 20, 12, 1.2);

    /// <summary>The bat.</summary>
    public EnemyRules Bat { get; init; } = new(30, 0.6, 8, 0, 1, Flying: true);

    /// <summary>The shaman.</summary>
    public EnemyRules Shaman { get; init; } = new(70, 0.4, 14, 0, 1);

    /// <summary>The numbers of a kind of enemy.</summary>
    public EnemyRules Enemy(EnemyKind kind) => kind switch
    {
        EnemyKind.Grunt => Grunt,
        EnemyKind.Runner => Runner,
        EnemyKind.Brute => Brute,
        EnemyKind.Bat => Bat,
        _ => Shaman,
    };

    /// <summary>The same rules with other numbers for a kind of enemy.</summary>
    public TowerRules WithEnemy(EnemyKind kind, EnemyRules rules) => kind switch
    {
        EnemyKind.Grunt => this with { Grunt = rules },
        EnemyKind.Runner => this with { Runner = rules },
        EnemyKind.Brute => this with { Brute = rules },
        EnemyKind.Bat => this with { Bat = rules },
        _ => this with { Shaman = rules },
    };

    /// <summary>Price of a tower at level 0.</summary>
    public int Price(TowerKind kind) => kind switch
    {
        TowerKind.Archer => Archer.Price,
        TowerKind.Knight => KnightPrice,
        TowerKind.Magician => Magician.Price,
        _ => 0,
    };

    /// <summary>What a tower of a level has cost: its price and UpgradePrice times 1, 2, ... for its upgrades.</summary>
    public int Spent(TowerKind kind, int level) => Price(kind) + (UpgradePrice * level * (level + 1) / 2);

    /// <summary>How far a tower acts: its range, or how far knights may be sent.</summary>
    public double Radius(TowerKind kind) => kind switch
    {
        TowerKind.Archer => Archer.Diameter / 2,
        TowerKind.Magician => Magician.Diameter / 2,
        _ => RallyDistance,
    };

    /// <summary>Mean damage a second to one enemy in range: (damage + spread / 2) growth^level / interval; 0 for towers that do not shoot.</summary>
    public double DamagePerSecond(TowerKind kind, int level)
    {
        TowerKindRules? tower = kind == TowerKind.Archer ? Archer : kind == TowerKind.Magician ? Magician : null;
        return tower is null ? 0 : (tower.Damage + (tower.Spread / 2)) * Math.Pow(Growth, level) / tower.Interval;
    }

    /// <summary>How much of a straight path lies in a range whose center is off the path: 2 sqrt(r² - d²).</summary>
    /// <param name="radius">r.</param>
    /// <param name="distance">d.</param>
    public static double Chord(double radius, double distance) => distance >= radius ? 0 : 2 * Math.Sqrt((radius * radius) - (distance * distance));
}
