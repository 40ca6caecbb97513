using System.Globalization;

namespace Proximal.Worlds.TowerDefence;

/// <summary>Refuses states that come from outside and that no game of a level can be in, or that its rules cannot go on from.</summary>
internal static class TowerStateCheck
{
    private const int Large = 1 << 24;

    public static void Verify(TowerLevel level, TowerState state)
    {
        int map = (int)TowerRules.MapRadius * TowerMap.Scale;
        Range("money", state.Money, 0, Large);
        Range("outcome", state.Outcome, 0, (int)TowerOutcome.TimeOver);
        bool lost = state.Outcome == (int)TowerOutcome.Lost;
        Range("lives", state.Lives, lost ? 0 : 1, lost ? 0 : level.Lives);
        Range("wave", state.Wave, 0, level.Waves.Count);
        Range("spawned", state.Spawned, 0, state.Wave < level.Waves.Count ? level.Waves[state.Wave].Enemies - 1 : 0);
        Range("decision", state.Decision, 0, level.Rules.MaximumDecisions);
        Range("spawn timer", state.SpawnTimer, 0, Large);
        Range("reinforcement timer", state.ReinforcementTimer, 0, Large);
        Range("hero.x", state.HeroX, -map, map);
        Range("hero.y", state.HeroY, -map, map);
        Range("hero.level", state.HeroLevel, 0, level.Rules.HeroUpgrades);
        Range("hero.hit-points", state.HeroHitPoints, 0, TowerWorld.HeroMaximum(level.Numbers, state.HeroLevel));
        Range("hero.target.x", state.HeroTargetX, -map, map);
        Range("hero.target.y", state.HeroTargetY, -map, map);
        Range("hero.timer", state.HeroTimer, 0, Large);
        Range("hero.revival", state.HeroRevival, 0, Large);
        Range("fire.x", state.FireX, -map, map);
        Range("fire.y", state.FireY, -map, map);
        Range("fire.timer", state.FireTimer, 0, level.Numbers.FireTicks);
        Range("coin.x", state.CoinX, -map, map);
        Range("coin.y", state.CoinY, -map, map);
        Range("coin.value", state.CoinValue, 0, level.Rules.CoinValue + level.Rules.CoinSpread);
        Range("coin.timer", state.CoinTimer, 1, level.Numbers.CoinPeriod);
        for (int point = 0; point < TowerLevel.MostPoints; point++)
        {
            bool there = point < level.Points.Count;
            Range("tower.kind", state.TowerKind[point], 0, there ? (int)TowerKind.Magician : 0);
            Range("tower.level", state.TowerUpgrades[point], 0, state.TowerKind[point] != 0 ? TowerRules.HighestLevel : 0);
            Range("tower.timer", state.TowerTimer[point], 0, there ? Large : 0);
            Range("tower.frozen", state.TowerFrozen[point], 0, there ? Large : 0);
            Range("tower.rally.x", state.RallyX[point], -map, map);
            Range("tower.rally.y", state.RallyY[point], -map, map);
        }

        VerifyEnemies(level, state);
        VerifyKnights(level, state, map);
    }

    private static void VerifyEnemies(TowerLevel level, TowerState state)
    {
        Range("enemies", state.EnemyCount, 0, TowerState.MostEnemies);
        for (int enemy = 0; enemy < state.EnemyCount; enemy++)
        {
            Range("enemy.kind", state.EnemyKind[enemy], 0, (int)EnemyKind.Shaman);
            int path = state.EnemyPath[enemy];
            Range("enemy.path", path, 0, level.Paths.Count - 1);
            int first = level.Map.FirstSegment(path), segment = state.EnemySegment[enemy];
            Range("enemy.segment", segment, first, first + level.Map.SegmentCount(path) - 1);
            Range("enemy.distance", state.EnemyDistance[enemy], segment == first ? 0 : level.Map.End[segment - 1], level.Map.End[segment]);
            level.Map.Locate(segment, state.EnemyDistance[enemy], out int x, out int y);
            Range("enemy.x", state.EnemyX[enemy], x, x);
            Range("enemy.y", state.EnemyY[enemy], y, y);
            Range("enemy.hit-points", state.EnemyHitPoints[enemy], 1, level.Numbers.EnemyHitPoints[state.EnemyKind[enemy]]);
            Range("enemy.timer", state.EnemyTimer[enemy], 0, 127);
        }
    }

    private static void VerifyKnights(TowerLevel level, TowerState state, int map)
    {
        Range("knights", state.KnightCount, 0, TowerState.MostKnights);
        for (int knight = 0; knight < state.KnightCount; knight++)
        {
            int owner = state.KnightOwner[knight];
            bool sent = owner < level.Points.Count && owner >= 0 && state.TowerKind[owner] == (int)TowerKind.Knight;
            if (!sent)
            {
                Range("knight.owner", owner, TowerState.Reinforcement, TowerState.Reinforcement);
            }

            Range("knight.x", state.KnightX[knight], -map, map);
            Range("knight.y", state.KnightY[knight], -map, map);
            Range("knight.hit-points", state.KnightHitPoints[knight], 1, level.Numbers.KnightHitPoints);
            Range("knight.timer", state.KnightTimer[knight], 0, 15);
            Range("knight.life", state.KnightLife[knight], sent ? 0 : 1, sent ? 0 : 255);
        }
    }

    private static void Range(string key, int value, int low, int high)
    {
        if (value < low || value > high)
        {
            throw new TowerLevelException(string.Create(CultureInfo.InvariantCulture, $"state.{key}: {value}, expected {low} to {high}"));
        }
    }
}
