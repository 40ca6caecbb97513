using Proximal.Worlds.TowerDefence;

namespace Proximal.Worlds.Tests.TowerDefence;

public sealed class TowerActionTests
{
    [Fact]
    public void Every_impossible_action_has_its_code()
    {
        TowerRules rules = new() { FirstWave = 100, HeroUpgradePrice = 10 };
        TowerWorld world = new(TowerRuleTests.Straight("1").WithRules(rules), 1);
        Expect(TowerError.NoTowerPoint, TowerActionType.BuildArcher, 2, 2);
        Expect(TowerError.NoTower, TowerActionType.Upgrade, 0, 0.5);
        Expect(TowerError.NoTower, TowerActionType.Sell, 2, 2);
        Expect(TowerError.NoTower, TowerActionType.SetRally, 0, 0);
        Expect(TowerError.NotOnPath, TowerActionType.Reinforce, 0, 0.3);
        Expect(TowerError.NoCoin, TowerActionType.CollectCoin, 0, 0);
        Expect(TowerError.OutOfMap, TowerActionType.MoveHero, 3.01, 0);
        Expect(TowerError.OutOfMap, TowerActionType.BuildArcher, double.NaN, 0);
        Do(TowerActionType.Reinforce, 0, 0.2);
        Expect(TowerError.Cooldown, TowerActionType.Reinforce, 0, 0);
        Do(TowerActionType.BuildKnight, 0, 0.5);
        Expect(TowerError.Occupied, TowerActionType.BuildMagician, 0.1, 0.5);
        Expect(TowerError.RallyOutOfRange, TowerActionType.SetRally, -2, 0);
        Do(TowerActionType.SetRally, 0.5, 0);
        Do(TowerActionType.Upgrade, 0, 0.5);
        Expect(TowerError.NotAffordable, TowerActionType.BuildMagician, -2.6, 0.3);
        for (int i = 0; i < 3; i++)
        {
            Do(TowerActionType.UpgradeHero, 0, 0);
        }

        Expect(TowerError.MaximumLevel, TowerActionType.UpgradeHero, 0, 0);
        while (world.Check(new TowerAction(TowerActionType.HeroSkill)) == TowerError.None)
        {
            Do(TowerActionType.HeroSkill, 0, 0);
            for (int i = 0; i < 4; i++)
            {
                world.Decide(default);
            }
        }

        Expect(TowerError.HeroHealthTooLow, TowerActionType.HeroSkill, 0, 0);

        void Expect(TowerError error, TowerActionType type, double x, double y)
        {
            TowerAction action = new(type, x, y);
            Assert.Equal(error, world.Check(action));
            TowerWorld idle = world.Clone();
            idle.Decide(default);
            Assert.Equal(error, world.Decide(action).Error);
            Assert.Equal(idle.StateHash(), world.StateHash());
        }

        void Do(TowerActionType type, double x, double y) => Assert.Equal(TowerError.None, world.Decide(new TowerAction(type, x, y)).Error);
    }

    [Fact]
    public void A_dead_hero_does_nothing_and_revives_after_fifteen_seconds()
    {
        TowerLevel level = TowerRuleTests.Straight("1").WithWaves("brutes", [new TowerWave([new EnemyGroup(EnemyKind.Brute, 8)], 0.5), new TowerWave([new EnemyGroup(EnemyKind.Grunt, 2)], 60)])
            .WithRules(new TowerRules { HeroHitPoints = 20 });
        TowerWorld world = new(level, 1);
        world.Decide(new TowerAction(TowerActionType.MoveHero, 0, 0));
        while (world.Hero.Alive)
        {
            world.Decide(default);
        }

        Assert.Equal(TowerError.HeroDead, world.Check(new TowerAction(TowerActionType.MoveHero)));
        Assert.Equal(TowerError.HeroDead, world.Check(new TowerAction(TowerActionType.HeroSkill)));
        Assert.Equal(TowerError.HeroDead, world.Check(new TowerAction(TowerActionType.UpgradeHero)));
        Assert.InRange(world.Hero.Revival, 14, 15);
        int dead = 0;
        while (!world.Hero.Alive && world.Running)
        {
            world.Decide(default);
            dead++;
        }

        Assert.Equal(15, dead);
        Assert.Equal(level.Hero, world.Hero.Place);
    }

    [Fact]
    public void Scalars_name_types_by_equal_bins()
    {
        for (int type = 0; type < TowerAction.Types; type++)
        {
            double scalar = TowerAction.ToScalar((TowerActionType)type);
            Assert.Equal(((type + 0.5) / 12 * 2) - 1, scalar, 12);
            Assert.Equal((TowerActionType)type, TowerAction.FromScalar(scalar));
        }

        Assert.Equal(TowerActionType.CollectCoin, TowerAction.FromScalar(1));
        Assert.Equal(TowerActionType.Nothing, TowerAction.FromScalar(-5));
        Assert.Equal(new TowerAction(TowerActionType.BuildKnight, 3, -1.5), TowerAction.FromUnit(1, -0.5, TowerAction.ToScalar(TowerActionType.BuildKnight)));
    }

    [Fact]
    public void The_mask_of_choices_says_what_the_world_says()
    {
        bool[] mask = new bool[TowerChoices.Count];
        RandomTowerAgent agent = new(masked: true);
        foreach (TowerLevel level in TowerLevels.All)
        {
            TowerWorld world = new(level, 7);
            agent.Begin(world, 3);
            while (world.Running && world.Decision < 40)
            {
                int count = TowerChoices.WriteMask(world, mask);
                Assert.Equal(mask.Count(legal => legal), count);
                for (int choice = 0; choice < mask.Length; choice++)
                {
                    TowerAction action = TowerChoices.ToAction(world, choice);
                    Assert.Equal(mask[choice], world.Check(action) == TowerError.None);
                    if (mask[choice])
                    {
                        Assert.Equal(choice, TowerChoices.FromAction(world, action));
                        Assert.Equal(action, TowerChoices.FromGrid(world, TowerChoices.ToGrid(world, choice)));
                    }
                }

                Assert.Equal(TowerError.None, world.Decide(agent.Choose(world)).Error);
            }
        }
    }

    [Fact]
    public void Words_of_actions_are_read_back()
    {
        TowerWorld world = new(TowerLevels.L3, 1);
        bool[] mask = new bool[TowerChoices.Count];
        TowerChoices.WriteMask(world, mask);
        for (int choice = 0; choice < mask.Length; choice++)
        {
            if (mask[choice])
            {
                TowerAction action = TowerChoices.ToAction(world, choice);
                TowerAction read = Assert.NotNull(TowerTokens.TryParse(world, TowerTokens.ToText(action)));
                Assert.Equal(action, read);
            }
        }

        Assert.Null(TowerTokens.TryParse(world, "t12 x0 y0"));
        Assert.Null(TowerTokens.TryParse(world, "t1 x0"));
        Assert.Null(TowerTokens.TryParse(world, "build an archer"));
    }
}
