using Proximal.Worlds.TowerDefence;

namespace Proximal.Worlds.Tests.TowerDefence;

public sealed class TowerWorldTests
{
    public static TheoryData<string> Names => [.. TowerLevels.All.Select(level => level.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_expert_scores_ninety_and_an_idle_player_loses(string name)
    {
        TowerLevel level = TowerLevels.Find(name)!;
        TowerWorld world = new(level);
        for (ulong seed = 0; seed < 40; seed++)
        {
            world.Reset(seed);
            TowerRuleTests.Play(world, new TowerExpert());
            Assert.True(world.Score >= 90, $"seed {seed}: {world.Score}");
            world.Reset(seed);
            TowerRuleTests.Play(world);
            Assert.Equal(TowerOutcome.Lost, world.Outcome);
            Assert.Equal(0, world.Score);
        }
    }

    [Theory]
    [InlineData(false, 0, 10)]
    [InlineData(true, 0, 30)]
    public void Chance_scores_little(bool masked, double low, double high)
    {
        RandomTowerAgent agent = new(masked);
        double sum = 0;
        foreach (TowerLevel level in TowerLevels.All)
        {
            for (ulong seed = 0; seed < 10; seed++)
            {
                TowerWorld world = new(level, seed);
                agent.Begin(world, seed);
                TowerRuleTests.Play(world, agent);
                sum += world.Score;
            }
        }

        Assert.InRange(sum / 50, low, high);
    }

    [Fact]
    public void An_expert_that_errs_in_three_of_ten_decisions_repairs_it()
    {
        foreach (TowerLevel level in TowerLevels.All)
        {
            TowerWorld world = new(level, 2);
            TowerExpert expert = new(0.3);
            expert.Begin(world, 11);
            TowerRuleTests.Play(world, expert);
            Assert.True(world.Score >= 75, $"{level.Name}: {world.Score}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_and_decisions_give_the_same_states_and_a_clone_goes_its_own_way(string name)
    {
        TowerLevel level = TowerLevels.Find(name)!;
        TowerWorld first = new(level, 9), second = new(level, 9);
        TowerExpert expert = new(0.2);
        expert.Begin(first, 4);
        while (first.Running)
        {
            TowerAction action = expert.Choose(first);
            TowerWorld clone = first.Clone();
            ulong before = first.StateHash();
            clone.Decide(new TowerAction(TowerActionType.MoveHero, -3, 3));
            Assert.Equal(before, first.StateHash());
            TowerStep step = first.Decide(action);
            Assert.Equal(step, second.Decide(action));
            Assert.Equal(first.StateHash(), second.StateHash());
        }

        second.Reset(10);
        first.Reset(9);
        Assert.Equal(first.StateHash(), second.StateHash());
        Assert.NotEqual(first.Chance, second.Chance);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Structured_and_json_observations_give_the_state_back(string name)
    {
        TowerLevel level = TowerLevels.Find(name)!;
        TowerWorld world = new(level, 3);
        RandomTowerAgent random = new(masked: true);
        TowerExpert expert = new();
        random.Begin(world, 5);
        float[] observation = new float[TowerObservation.Length], again = new float[TowerObservation.Length];
        bool[] mask = new bool[TowerChoices.Count], other = new bool[TowerChoices.Count];
        while (world.Running)
        {
            world.Decide(world.Decision % 2 == 0 ? random.Choose(world) : expert.Choose(world));
            TowerObservation.Write(world, observation);
            TowerWorld structured = TowerObservation.Read(level, observation);
            string json = TowerJson.ToJson(world);
            TowerWorld text = TowerJson.Read(level, json);
            Assert.Equal(world.StateHash(), structured.StateHash());
            Assert.Equal(world.StateHash(), text.StateHash());
            Assert.Equal(json, TowerJson.ToJson(text));
            TowerObservation.Write(structured, again);
            Assert.Equal(observation, again);
            TowerChoices.WriteMask(world, mask);
            TowerChoices.WriteMask(structured, other);
            Assert.Equal(mask, other);
        }
    }

    [Fact]
    public void States_on_slanting_paths_are_read_back_too()
    {
        TowerLevel level = new(
            "slant", 300, 5, 1, new MapPoint(0, -2.5), [[new MapPoint(-3, -2.9), new MapPoint(0.3, 2.1), new MapPoint(3, 0.7)], [new MapPoint(-3, 3), new MapPoint(3, 0.7)]],
            [new MapPoint(0, 0.4), new MapPoint(1, 2.5)], [new TowerWave([new EnemyGroup(EnemyKind.Grunt, 6), new EnemyGroup(EnemyKind.Bat, 6)], 0.7)]);
        TowerWorld world = new(level, 3);
        float[] observation = new float[TowerObservation.Length];
        TowerExpert expert = new();
        while (world.Running)
        {
            world.Decide(expert.Choose(world));
            TowerObservation.Write(world, observation);
            Assert.Equal(world.StateHash(), TowerObservation.Read(level, observation).StateHash());
            Assert.Equal(world.StateHash(), TowerJson.Read(level, TowerJson.ToJson(world)).StateHash());
        }
    }

    [Fact]
    public void Observations_that_show_no_state_are_refused()
    {
        TowerWorld world = new(TowerLevels.L1, 1);
        float[] good = new float[TowerObservation.Length];
        TowerObservation.Write(world, good);
        for (int i = 0; i < good.Length; i++)
        {
            foreach (float value in (float[])[float.NaN, 1e9f, -1e9f, good[i] + 0.37f])
            {
                float[] bad = [.. good];
                bad[i] = value;
                try
                {
                    TowerWorld read = TowerObservation.Read(TowerLevels.L1, bad);
                    TowerRuleTests.Play(read);
                }
                catch (TowerLevelException exception)
                {
                    Assert.DoesNotContain('\n', exception.Message);
                }
            }
        }

        Assert.Throws<TowerLevelException>(() => TowerObservation.Read(TowerLevels.L2, good));
        Assert.Throws<TowerLevelException>(() => TowerJson.Read(TowerLevels.L1, "{\"level\":{}}"));
        Assert.Throws<TowerLevelException>(() => TowerJson.Read(TowerLevels.L2, TowerJson.ToJson(world)));
        Assert.Throws<TowerLevelException>(() => TowerJson.Read(TowerLevels.L1, TowerJson.ToJson(world).Replace("\"lives\":10,\"wave\"", "\"lives\":11,\"wave\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Words_are_of_the_vocabulary_and_at_most_160()
    {
        HashSet<string> vocabulary = [.. TowerTokens.Vocabulary];
        Assert.Equal(TowerTokens.Vocabulary.Count, vocabulary.Count);
        List<string> words = [];
        ITowerAgent[] agents = [new TowerExpert(), new RandomTowerAgent(true), new RandomTowerAgent(false), new IdleTowerAgent()];
        for (ulong seed = 0; seed < 60; seed++)
        {
            TowerWorld world = new(seed % 3 == 0 ? TowerLevels.DrawWithWaves(seed) : TowerLevels.Draw(seed), seed);
            ITowerAgent agent = agents[seed % 4];
            agent.Begin(world, seed);
            while (world.Running)
            {
                TowerTokens.Write(world, words);
                Assert.InRange(words.Count, 10, TowerTokens.Most);
                Assert.All(words, word => Assert.Contains(word, vocabulary));
                TowerAction action = agent.Choose(world);
                Assert.All(TowerTokens.ToText(action).Split(' '), word => Assert.Contains(word, vocabulary));
                world.Decide(action);
            }
        }
    }

    [Fact]
    public void The_fullest_level_has_at_most_160_words()
    {
        MapPoint[] points = [.. Enumerable.Range(0, TowerLevel.MostPoints).Select(i => new MapPoint(-2.8 + (0.4 * i), 1 + (0.5 * (i % 3))))];
        EnemyGroup[] groups = [.. Enum.GetValues<EnemyKind>().Select(kind => new EnemyGroup(kind, 20))];
        TowerLevel level = new(
            "full", 10_000, 99, 10, new MapPoint(0, -2), [[new MapPoint(-3, 0), new MapPoint(3, 0)]], points, [new TowerWave(groups, 0.3)], new TowerRules { BuildDistance = 0.2, ReinforcementPeriod = 100 });
        TowerWorld world = new(level, 1);
        List<string> words = [];
        int most = 0;
        for (int i = 0; i < 40 && world.Running; i++)
        {
            world.Decide(i < points.Length ? new TowerAction(TowerActionType.BuildKnight, points[i].X, points[i].Y) : new TowerAction(TowerActionType.HeroSkill));
            TowerTokens.Write(world, words);
            most = Math.Max(most, words.Count);
        }

        Assert.InRange(most, 120, TowerTokens.Most);
    }

    [Fact]
    public void Rewards_are_bounded_and_games_end_for_a_policy_of_nonsense()
    {
        foreach (TowerLevel level in TowerLevels.All)
        {
            TowerWorld world = new(level, 1);
            while (world.Running)
            {
                TowerStep step = world.Decide(new TowerAction((TowerActionType)(world.Decision % TowerAction.Types), double.NaN, double.PositiveInfinity));
                Assert.InRange(step.Reward, -1.0005, 0.9995);
                Assert.True(world.Decision <= level.Rules.MaximumDecisions);
            }

            Assert.Throws<InvalidOperationException>(() => world.Decide(default));
        }
    }

    [Fact]
    public void A_step_and_its_observations_allocate_nothing()
    {
        TowerWorld world = new(TowerLevels.L3, 1);
        TowerExpert expert = new();
        List<TowerAction> actions = [];
        while (world.Running)
        {
            actions.Add(expert.Choose(world));
            world.Decide(actions[^1]);
        }

        float[] observation = new float[TowerObservation.Length];
        byte[] pixels = new byte[TowerPixels.Length];
        bool[] mask = new bool[TowerChoices.Count];
        long before = 0;
        for (int repetition = 0; repetition < 2; repetition++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            world.Reset(1);
            foreach (TowerAction action in actions)
            {
                world.Decide(action);
                TowerObservation.Write(world, observation);
                TowerPixels.Write(world, pixels);
                TowerChoices.WriteMask(world, mask);
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(TowerOutcome.Won, world.Outcome);
    }

    [Fact]
    public void Pixels_show_towers_enemies_and_coins()
    {
        TowerWorld world = new(TowerLevels.L1, 1);
        byte[] before = new byte[TowerPixels.Length], after = new byte[TowerPixels.Length];
        TowerPixels.Write(world, before);
        for (int i = 0; i < 11; i++)
        {
            world.Decide(i == 0 ? new TowerAction(TowerActionType.BuildArcher, 0.3, -0.3) : default);
        }

        TowerPixels.Write(world, after);
        Assert.Equal((60, 200, 90), Pixel(after, 0.3, -0.3));
        Assert.NotEqual(Pixel(before, world.Enemy(0).Place.X, world.Enemy(0).Place.Y), Pixel(after, world.Enemy(0).Place.X, world.Enemy(0).Place.Y));
        MapPoint coin = Assert.NotNull(world.Coin).Place;
        Assert.Equal((255, 230, 50), Pixel(after, coin.X, coin.Y));

        static (int R, int G, int B) Pixel(byte[] pixels, double x, double y)
        {
            int column = Math.Min(63, (int)((x + 3) / 6 * 64)), row = Math.Min(63, (int)((3 - y) / 6 * 64)), at = 3 * ((row * 64) + column);
            return (pixels[at], pixels[at + 1], pixels[at + 2]);
        }
    }

    [Fact]
    public void Fog_hides_enemies_that_are_far_from_hero_towers_and_base()
    {
        TowerLevel level = TowerLevels.L1.WithRules(new TowerRules { Sight = 1.5 });
        TowerWorld world = new(level, 1);
        float[] observation = new float[TowerObservation.Length];
        for (int i = 0; i < 6; i++)
        {
            world.Decide(default);
        }

        TowerObservation.Write(world, observation);
        Assert.True(world.EnemyCount > 0);
        Assert.False(world.Sees(0));
        Assert.Equal(TowerObservation.Padding, observation[TowerObservation.Enemies]);
        Assert.Throws<TowerLevelException>(() => TowerObservation.Read(level, observation));
    }

    [Fact]
    public void Levels_are_drawn_by_their_seed()
    {
        Assert.Equal(5, Enumerable.Range(0, 60).Select(seed => TowerLevels.Draw((ulong)seed).Name).Distinct().Count());
        TowerLevel first = TowerLevels.DrawWithWaves(5), second = TowerLevels.DrawWithWaves(5);
        Assert.Equal(first.Fingerprint, second.Fingerprint);
        Assert.NotEqual(first.Fingerprint, TowerLevels.DrawWithWaves(6).Fingerprint);
    }
}
