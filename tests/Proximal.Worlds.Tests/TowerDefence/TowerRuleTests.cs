using Proximal.Worlds.TowerDefence;

namespace Proximal.Worlds.Tests.TowerDefence;

public sealed class TowerRuleTests
{
    private static readonly TowerRules Rules = new();

    [Theory]
    [InlineData(0, 12.5)]
    [InlineData(1, 16.25)]
    [InlineData(2, 21.125)]
    public void An_archer_makes_ten_damage_every_eight_tenths_of_a_second_and_thirty_percent_more_a_level(int level, double expected) =>
        Assert.Equal(expected, Rules.DamagePerSecond(TowerKind.Archer, level), 9);

    [Fact]
    public void A_straight_path_half_a_unit_off_an_archer_lies_in_its_range_for_2_18_units()
    {
        double chord = TowerRules.Chord(Rules.Radius(TowerKind.Archer), 0.5), seconds = chord / Rules.Grunt.Speed;
        Assert.Equal(2.181742, chord, 6);
        Assert.Equal(4.848, seconds, 3);
        Assert.Equal(60.6, seconds * Rules.DamagePerSecond(TowerKind.Archer, 0), 1);
        Assert.Equal(0, TowerRules.Chord(1.2, 1.3));
    }

    [Fact]
    public void So_one_archer_kills_a_grunt_of_forty_hit_points_on_its_way()
    {
        TowerWorld world = new(Straight("1"), 1);
        Assert.Equal(TowerError.None, world.Decide(new TowerAction(TowerActionType.BuildArcher, 0, 0.5)).Error);
        Play(world);
        Assert.Equal(TowerOutcome.Won, world.Outcome);
        Assert.Equal(100, world.Score);
        Assert.Equal(220 - 70 + 6, world.Money);
    }

    [Fact]
    public void Mean_damage_of_shots_in_the_world_is_that_of_the_rules()
    {
        TowerLevel level = Straight("1").WithRules(Rules with { Grunt = Rules.Grunt with { HitPoints = 1000, Speed = 0.01 } }, 10);
        TowerWorld world = new(level, 5);
        world.Decide(new TowerAction(TowerActionType.BuildArcher, -2.6, 0.3));
        double seconds = 0, first = 0;
        while (world.Decision < 140)
        {
            world.Decide(default);
            if (world.EnemyCount == 1)
            {
                first = first == 0 ? world.Enemy(0).HitPoints : first;
                seconds++;
            }
        }

        Assert.Equal(12.5, (first - world.Enemy(0).HitPoints) / (seconds - 1), 0.25);
    }

    [Fact]
    public void Three_leaks_of_ten_lives_score_seventy()
    {
        TowerWorld world = new(Straight("3"), 1);
        double reward = Play(world);
        Assert.Equal(7, world.Lives);
        Assert.Equal(70, world.Score, 12);
        Assert.Equal(TowerOutcome.Won, world.Outcome);
        Assert.Equal(-0.3 + 1 - (0.0005 * world.Decision), reward, 9);
    }

    [Fact]
    public void Enemies_come_three_seconds_after_the_beginning_in_gaps_and_twelve_seconds_after_the_last_of_a_wave()
    {
        TowerLevel level = Straight("1").WithWaves("waves", [new TowerWave([new EnemyGroup(EnemyKind.Brute, 2)], 2), new TowerWave([new EnemyGroup(EnemyKind.Brute, 1)], 1)])
            .WithRules(Rules with { DecisionPeriod = 1, Brute = Rules.Brute with { Speed = 0.01 } });
        TowerWorld world = new(level, 1);
        List<int> arrivals = [];
        for (int tick = 0; tick < 200; tick++)
        {
            int before = world.EnemyCount;
            world.Decide(default);
            if (world.EnemyCount > before)
            {
                arrivals.Add(tick);
            }
        }

        Assert.Equal([30, 50, 170], arrivals);
    }

    [Fact]
    public void A_grunt_goes_forty_five_hundredths_of_a_unit_a_second_along_the_corners()
    {
        TowerWorld world = new(TowerLevels.L1, 1);
        for (int i = 0; i < 9; i++)
        {
            world.Decide(default);
        }

        // Spawned at 3.0 s and moved in that tick as well: 60 steps of 0.045 units, of which 2 lead to the first corner.
        TowerEnemy enemy = world.Enemy(0);
        Assert.Equal(2.7, world.Level.Map.Length(0) - enemy.Remaining, 9);
        Assert.Equal(new MapPoint(-1, 0.8), enemy.Place);
        Assert.Equal(52, enemy.HitPoints);
    }

    [Fact]
    public void Enemies_of_a_wave_take_the_paths_in_turn()
    {
        TowerWorld world = new(TowerLevels.L5, 1);
        for (int i = 0; i < 7; i++)
        {
            world.Decide(default);
        }

        Assert.Equal([0, 1, 2, 0], Enumerable.Range(0, 4).Select(i => world.Enemy(i).Path));
    }

    [Fact]
    public void A_magician_hits_walkers_around_its_target_and_nobody_in_the_air()
    {
        TowerRules slow = Rules with { Grunt = Rules.Grunt with { Speed = 0.01, HitPoints = 100 }, Bat = Rules.Bat with { Speed = 0.01, HitPoints = 100 } };
        TowerLevel level = Straight("1").WithWaves("crowd", [new TowerWave([new EnemyGroup(EnemyKind.Grunt, 2), new EnemyGroup(EnemyKind.Bat, 1)], 0.1)]).WithRules(slow);
        TowerWorld world = new(level, 1);
        world.Decide(new TowerAction(TowerActionType.BuildMagician, -2.6, 0.3));
        for (int i = 0; i < 4; i++)
        {
            world.Decide(default);
        }

        // The second one came just after the first shot.
        Assert.InRange(world.Enemy(0).HitPoints, 40, 56);
        Assert.InRange(world.Enemy(1).HitPoints, 70, 78);
        Assert.Equal(100, world.Enemy(2).HitPoints);
    }

    [Fact]
    public void Knights_block_a_walker_each_and_bats_fly_over_them()
    {
        TowerLevel level = Straight("1").WithWaves("mixed", [new TowerWave([new EnemyGroup(EnemyKind.Brute, 1), new EnemyGroup(EnemyKind.Bat, 1)], 0.5)]);
        TowerWorld world = new(level, 1);
        world.Decide(new TowerAction(TowerActionType.BuildKnight, 0, 0.5));
        for (int i = 0; i < 14; i++)
        {
            world.Decide(default);
        }

        Assert.Equal(3, world.KnightCount);
        Assert.Equal(9, world.Lives);
        Assert.Equal(EnemyKind.Brute, world.Enemy(0).Kind);
        double remaining = world.Enemy(0).Remaining;
        world.Decide(default);
        Assert.Equal(remaining, world.Enemy(0).Remaining);
        Assert.True(world.Enemy(0).HitPoints < 160);
    }

    [Fact]
    public void A_shaman_freezes_the_nearest_tower_for_three_seconds_nine_seconds_after_it_came()
    {
        TowerLevel level = Straight("1").WithWaves("shaman", [new TowerWave([new EnemyGroup(EnemyKind.Shaman, 1)], 1)])
            .WithRules(Rules with { Archer = Rules.Archer with { Damage = 0, Spread = 0 }, DecisionPeriod = 1 });
        TowerWorld world = new(level, 1);
        world.Decide(new TowerAction(TowerActionType.BuildArcher, 0, 0.5));
        double frozen = 0;
        int first = 0;
        while (world.Decision < 130)
        {
            world.Decide(default);
            if (world.Site(1).Frozen > 0 && first == 0)
            {
                (first, frozen) = (world.Decision, world.Site(1).Frozen);
            }
        }

        // Spawned in tick 31, the 90th lowering of its timer is in tick 120; the timers of the same tick leave 2.9 s.
        Assert.Equal(120, first);
        Assert.Equal(2.9, frozen, 9);
    }

    [Fact]
    public void Fire_deals_seven_damage_every_half_second_for_four_seconds()
    {
        TowerLevel level = Straight("1").WithRules(Rules with { Grunt = Rules.Grunt with { Speed = 0.01, HitPoints = 100 } });
        TowerWorld world = new(level, 1);
        for (int i = 0; i < 4; i++)
        {
            world.Decide(default);
        }

        Assert.Equal(TowerError.None, world.Decide(new TowerAction(TowerActionType.HeroSkill, -3, 0)).Error);
        Assert.Equal(86, world.Enemy(0).HitPoints);
        Assert.Equal(111, world.Hero.HitPoints);
        Assert.Equal(TowerError.Cooldown, world.Check(new TowerAction(TowerActionType.HeroSkill, 0, 0)));
        for (int i = 0; i < 6; i++)
        {
            world.Decide(default);
        }

        Assert.Equal(44, world.Enemy(0).HitPoints);
    }

    [Fact]
    public void Coins_come_every_ten_seconds_stay_six_and_pay_their_value()
    {
        TowerWorld world = new(Straight("1").WithRules(Rules with { WaveDelay = 100 }).WithWaves("late", [new TowerWave([new EnemyGroup(EnemyKind.Brute, 2)], 30)]), 3);
        for (int i = 0; i < 10; i++)
        {
            Assert.Null(world.Coin);
            world.Decide(default);
        }

        (MapPoint place, int value, double seconds) = Assert.NotNull(world.Coin);
        Assert.InRange(value, 15, 25);
        Assert.Equal(6, seconds);
        TowerWorld other = world.Clone();
        int money = world.Money;
        Assert.Equal(TowerError.NoCoin, world.Decide(new TowerAction(TowerActionType.CollectCoin, -place.X, place.Y > 0 ? place.Y - 0.5 : place.Y + 0.5)).Error);
        Assert.Equal(TowerError.None, world.Decide(new TowerAction(TowerActionType.CollectCoin, place.X, place.Y)).Error);
        Assert.Equal(money + value, world.Money);
        for (int i = 0; i < 6; i++)
        {
            other.Decide(default);
        }

        Assert.Null(other.Coin);
    }

    [Fact]
    public void Selling_returns_six_tenths_of_what_a_tower_has_cost()
    {
        TowerWorld world = new(Straight("1").WithRules(Rules with { FirstWave = 100 }), 1);
        world.Decide(new TowerAction(TowerActionType.BuildArcher, 0, 0.5));
        world.Decide(new TowerAction(TowerActionType.Upgrade, 0.1, 0.6));
        Assert.Equal(220 - 70 - 60, world.Money);
        Assert.Equal(1, world.Site(1).Level);
        world.Decide(new TowerAction(TowerActionType.Sell, 0, 0.5));
        Assert.Equal(220 - 130 + 78, world.Money);
        Assert.Equal(TowerKind.None, world.Site(1).Kind);
        Assert.Equal(250, Rules.Spent(TowerKind.Archer, 2));
    }

    internal static TowerLevel Straight(string grunts) => new(
        "straight", 220, 10, 1, new MapPoint(2.5, -2.5), [[new MapPoint(-3, 0), new MapPoint(3, 0)]], [new MapPoint(-2.6, 0.3), new MapPoint(0, 0.5), new MapPoint(1.5, -2)],
        [new TowerWave([new EnemyGroup(EnemyKind.Grunt, int.Parse(grunts, System.Globalization.CultureInfo.InvariantCulture))], 1)]);

    internal static double Play(TowerWorld world, ITowerAgent? agent = null)
    {
        double sum = 0;
        while (world.Running)
        {
            sum += world.Decide(agent?.Choose(world) ?? default).Reward;
        }

        return sum;
    }
}
