using Proximal.Tensors.Random;

namespace Proximal.Worlds.TowerDefence;

/// <summary>
/// A script that plays well. It takes every coin; opens with an Archer and a Magician where their ranges hold most path; then buys whatever
/// gives the most damage for a coin, new tower or upgrade, over the enemies that are still to come, with a Knight tower at the choke as the fifth; keeps the hero where all paths have joined; throws fire at
/// three or more enemies within its reach, and calls knights in front of enemies that come near the base. It looks at the state alone, so it
/// repairs a mistake at the next decision.
/// </summary>
public sealed class TowerExpert : ITowerAgent
{
    private const double LeastHeroHealth = 0.55;
    private const double Danger = 2.2;
    private const double SplashBonus = 1.35;

    private readonly double noise;
    private RandomStream random;

    /// <summary>Creates the expert.</summary>
    /// <param name="noise">Share of decisions that are plausible mistakes instead.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is outside 0 to 1.</exception>
    public TowerExpert(double noise = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(noise);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(noise, 1);
        this.noise = noise;
    }

    /// <inheritdoc/>
    public string Name => "expert";

    /// <inheritdoc/>
    public void Begin(TowerWorld world, ulong seed) => random = new RandomStream(seed, RandomPurpose.Demonstrations);

    /// <inheritdoc/>
    public TowerAction Choose(TowerWorld world)
    {
        ArgumentNullException.ThrowIfNull(world);
        TowerAction action = Best(world);
        return noise > 0 && random.Uniform(2L * world.Decision) < noise ? Mistake(world, action) : action;
    }

    private static TowerAction Best(TowerWorld world)
    {
        if (world.Coin is { } coin)
        {
            return At(TowerActionType.CollectCoin, coin.Place);
        }

        if (Purchase(world) is { } purchase && world.Check(purchase) == TowerError.None)
        {
            return purchase;
        }

        return Skill(world) ?? Reinforcements(world) ?? Station(world) ?? default;
    }

    /// <summary>Something that is forgotten, misplaced, or believed possible: nothing, the hero sent off, a tower on an occupied or some free point, a coin beside where it lies.</summary>
    private TowerAction Mistake(TowerWorld world, TowerAction right)
    {
        if (right.Type == TowerActionType.CollectCoin)
        {
            return right with { X = right.X > 0 ? right.X - 1 : right.X + 1 };
        }

        int points = world.Level.Points.Count, kind = random.Integer((2L * world.Decision) + 1, 4), first = random.Integer((2L * world.Decision) + 1, points);
        for (int i = 0; i < points && kind >= 2; i++)
        {
            int point = (first + i) % points;
            if (world.Site(point).Kind != TowerKind.None == (kind == 2))
            {
                return At(TowerActionType.BuildArcher, world.Level.Points[point]);
            }
        }

        return kind == 1 && world.Hero.Alive ? At(TowerActionType.MoveHero, world.Level.Points[first]) : right.Type == TowerActionType.Nothing ? right : default;
    }

    private static TowerAction? Purchase(TowerWorld world)
    {
        if (Choke(world) is { } choke)
        {
            return choke;
        }

        (double air, double ground) = Threat(world);
        TowerAction? best = null;
        double most = 0;
        for (int point = 0; point < world.Level.Points.Count; point++)
        {
            TowerSite site = world.Site(point);
            if (site.Kind == TowerKind.None)
            {
                Consider(TowerKind.Archer, TowerActionType.BuildArcher, Value(world, TowerKind.Archer, 0, point, air, ground), world.Level.Rules.Archer.Price);
                Consider(TowerKind.Magician, TowerActionType.BuildMagician, Value(world, TowerKind.Magician, 0, point, air, ground), world.Level.Rules.Magician.Price);
            }
            else if (site.Level < TowerRules.HighestLevel)
            {
                double gain = Value(world, site.Kind, site.Level + 1, point, air, ground) - Value(world, site.Kind, site.Level, point, air, ground);
                Consider(site.Kind, TowerActionType.Upgrade, gain, world.UpgradePrice(point));
            }

            void Consider(TowerKind kind, TowerActionType type, double gain, int price)
            {
                if (gain / price > most)
                {
                    (best, most) = (At(type, world.Level.Points[point]), gain / price);
                }
            }
        }

        return best;
    }

    /// <summary>Once four towers stand, a Knight tower on the free point that is nearest to where the hero waits.</summary>
    private static TowerAction? Choke(TowerWorld world)
    {
        int towers = 0, best = -1;
        for (int point = 0; point < world.Level.Points.Count; point++)
        {
            TowerKind kind = world.Site(point).Kind;
            towers += kind == TowerKind.None ? 0 : 1;
            if (kind == TowerKind.Knight)
            {
                return null;
            }

            if (kind == TowerKind.None && (best < 0 || Distance(world.Level.Points[point], Post(world)) < Distance(world.Level.Points[best], Post(world))))
            {
                best = point;
            }
        }

        return towers >= 4 && best >= 0 ? At(TowerActionType.BuildKnight, world.Level.Points[best]) : null;
    }

    /// <summary>Hit points that are still to come, by air and on the ground.</summary>
    private static (double Air, double Ground) Threat(TowerWorld world)
    {
        double air = 0, ground = 0;
        for (int wave = world.Wave; wave < world.Level.Waves.Count; wave++)
        {
            foreach (EnemyGroup group in world.Level.Waves[wave].Groups)
            {
                EnemyRules rules = world.Level.Rules.Enemy(group.Kind);
                (air, ground) = rules.Flying ? (air + (rules.HitPoints * group.Count), ground) : (air, ground + (rules.HitPoints * group.Count));
            }
        }

        for (int enemy = 0; enemy < world.EnemyCount; enemy++)
        {
            TowerEnemy seen = world.Enemy(enemy);
            (air, ground) = world.Level.Rules.Enemy(seen.Kind).Flying ? (air + seen.HitPoints, ground) : (air, ground + seen.HitPoints);
        }

        return (air, ground);
    }

    private static double Value(TowerWorld world, TowerKind kind, int level, int point, double air, double ground)
    {
        double damage = world.Level.Rules.DamagePerSecond(kind, level);
        return kind switch
        {
            TowerKind.Archer => damage * world.Numbers.ArcherCoverage[point] * (air + ground),
            TowerKind.Magician => damage * world.Numbers.MagicianCoverage[point] * ground * SplashBonus,
            _ => 0,
        };
    }

    private static TowerAction? Skill(TowerWorld world)
    {
        TowerHero hero = world.Hero;
        if (!hero.Alive || world.Fire is not null || hero.HitPoints < LeastHeroHealth * hero.Maximum)
        {
            return null;
        }

        double reach = world.Level.Rules.FireDiameter / 2;
        int most = 2;
        TowerAction? best = null;
        for (int i = 0; i < world.EnemyCount; i++)
        {
            // Who walks on leaves the fire: it lies a little ahead of its target.
            TowerEnemy target = world.Enemy(i);
            double ahead = world.Level.Map.Length(target.Path) - target.Remaining + (reach / 2);
            MapPoint place = world.Level.Map.At(target.Path, ahead);
            int caught = 0;
            for (int j = 0; j < world.EnemyCount; j++)
            {
                caught += Distance(world.Enemy(j).Place, place) <= reach ? 1 : 0;
            }

            if (caught > most || (caught == most && best is null && target.Remaining < Danger))
            {
                (most, best) = (caught, At(TowerActionType.HeroSkill, place));
            }
        }

        return best;
    }

    private static TowerAction? Reinforcements(TowerWorld world)
    {
        if (world.ReinforcementCooldown > 0)
        {
            return null;
        }

        for (int i = 0; i < world.EnemyCount; i++)
        {
            TowerEnemy enemy = world.Enemy(i);
            if (!world.Level.Rules.Enemy(enemy.Kind).Flying && enemy.Remaining < Danger && enemy.Remaining > 0.5)
            {
                return At(TowerActionType.Reinforce, world.Level.Map.At(enemy.Path, world.Level.Map.Length(enemy.Path) - enemy.Remaining + 0.3));
            }
        }

        return null;
    }

    private static TowerAction? Station(TowerWorld world)
    {
        MapPoint post = Post(world);
        return world.Hero.Alive && Distance(world.Hero.Target, post) > 0.1 ? At(TowerActionType.MoveHero, post) : null;
    }

    /// <summary>Where the hero waits: a cell of the grid, so that those who act by cells can imitate it.</summary>
    private static MapPoint Post(TowerWorld world) => TowerChoices.CellCenter(TowerChoices.CellOf(world.Level.Map.At(0, world.Level.Map.Length(0) - 1.2)));

    private static TowerAction At(TowerActionType type, MapPoint place) => new(type, place.X, place.Y);

    private static double Distance(MapPoint a, MapPoint b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
