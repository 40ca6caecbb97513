namespace Proximal.Worlds.TowerDefence;

/// <content>The nine parts of a tick.</content>
public sealed partial class TowerWorld
{
    private void Tick()
    {
        Spawn();
        if (state.EnemyCount > 0)
        {
            Block();
            MoveEnemies();
        }

        MoveKnights();
        FireTowers();
        MoveHero();
        Burn();
        Bury();
        Arrive();
        AdvanceTimers();
    }

    private void Spawn()
    {
        if (state.SpawnTimer > 0 || state.Wave == Level.Waves.Count || state.EnemyCount == TowerState.MostEnemies)
        {
            return;
        }

        ReadOnlySpan<int> spawns = numbers.Spawns(state.Wave);
        int enemy = state.EnemyCount++, kind = spawns[state.Spawned], path = state.Spawned % Level.Paths.Count, segment = Level.Map.FirstSegment(path);
        state.EnemyKind[enemy] = kind;
        state.EnemyPath[enemy] = path;
        state.EnemySegment[enemy] = segment;
        state.EnemyDistance[enemy] = 0;
        state.EnemyHitPoints[enemy] = numbers.EnemyHitPoints[kind];
        state.EnemyTimer[enemy] = kind == (int)EnemyKind.Shaman ? numbers.FreezePeriod : 0;
        Level.Map.Locate(segment, 0, out state.EnemyX[enemy], out state.EnemyY[enemy]);
        state.SpawnTimer = numbers.Gaps[state.Wave];
        if (++state.Spawned == spawns.Length)
        {
            state.Spawned = 0;
            state.Wave++;
            state.SpawnTimer = state.Wave == Level.Waves.Count ? 0 : numbers.WaveDelay;
        }
    }

    /// <summary>Every knight in turn, then the hero, holds the nearest walker in reach that nobody holds yet.</summary>
    private void Block()
    {
        blockedBy.AsSpan(0, state.EnemyCount).Fill(-1);
        Span<int> knightX = state.KnightX, knightY = state.KnightY;
        for (int knight = 0; knight < state.KnightCount; knight++)
        {
            engaged[knight] = NearestWalker(knightX[knight], knightY[knight], numbers.Block);
            if (engaged[knight] >= 0)
            {
                blockedBy[engaged[knight]] = knight;
            }
        }

        if (state.HeroRevival == 0 && NearestWalker(state.HeroX, state.HeroY, numbers.Block) is var held and >= 0)
        {
            blockedBy[held] = TowerState.MostKnights;
        }
    }

    private int NearestWalker(int x, int y, int reach)
    {
        int count = state.EnemyCount, best = -1;
        ReadOnlySpan<int> enemyX = state.EnemyX[..count], enemyY = state.EnemyY[..count], kinds = state.EnemyKind[..count];
        for (int enemy = 0; enemy < enemyX.Length; enemy++)
        {
            int squared = Squared(enemyX[enemy] - x, enemyY[enemy] - y);
            if (squared <= reach && blockedBy[enemy] < 0 && !numbers.EnemyFlies[kinds[enemy]])
            {
                (best, reach) = (enemy, squared - 1);
            }
        }

        return best;
    }

    private void MoveEnemies()
    {
        int count = state.EnemyCount;
        ReadOnlySpan<int> kinds = state.EnemyKind[..count], paths = state.EnemyPath[..count];
        Span<int> distances = state.EnemyDistance[..count], segments = state.EnemySegment[..count], timers = state.EnemyTimer[..count];
        Span<int> enemyX = state.EnemyX[..count], enemyY = state.EnemyY[..count];
        TowerMap map = Level.Map;
        int[] ends = map.End, lengths = map.Lengths;
        for (int enemy = 0; enemy < kinds.Length; enemy++)
        {
            int kind = kinds[enemy];
            if (timers[enemy] > 0)
            {
                timers[enemy]--;
            }

            if (kind == (int)EnemyKind.Shaman && timers[enemy] == 0)
            {
                Freeze(enemyX[enemy], enemyY[enemy]);
                timers[enemy] = numbers.FreezePeriod;
            }

            if (blockedBy[enemy] >= 0)
            {
                Strike(blockedBy[enemy], kind, ref timers[enemy]);
                continue;
            }

            int length = lengths[paths[enemy]], distance = Math.Min(distances[enemy] + numbers.EnemySpeed[kind], length), segment = segments[enemy];
            while (distance > ends[segment])
            {
                segment++;
            }

            distances[enemy] = distance;
            segments[enemy] = segment;
            map.Locate(segment, distance, out enemyX[enemy], out enemyY[enemy]);
        }
    }

    private void Strike(int blocker, int kind, ref int timer)
    {
        int damage = numbers.EnemyDamage[kind];
        if (damage == 0 || timer > 0)
        {
            return;
        }

        timer = numbers.EnemyInterval[kind];
        if (blocker == TowerState.MostKnights)
        {
            state.HeroHitPoints -= damage;
        }
        else
        {
            state.KnightHitPoints[blocker] -= damage;
        }
    }

    private void Freeze(int x, int y)
    {
        int best = -1, nearest = int.MaxValue;
        for (int point = 0; point < numbers.PointX.Length; point++)
        {
            int squared = Squared(numbers.PointX[point] - x, numbers.PointY[point] - y);
            if (state.TowerKind[point] != 0 && squared < nearest)
            {
                (best, nearest) = (point, squared);
            }
        }

        if (best >= 0)
        {
            state.TowerFrozen[best] = numbers.FreezeTicks;
        }
    }

    private void MoveKnights()
    {
        for (int knight = 0; knight < state.KnightCount; knight++)
        {
            ref int x = ref state.KnightX[knight], y = ref state.KnightY[knight];
            if (state.EnemyCount > 0)
            {
                if (engaged[knight] >= 0)
                {
                    if (state.KnightTimer[knight] == 0)
                    {
                        state.EnemyHitPoints[engaged[knight]] -= numbers.KnightDamage + Draw(numbers.KnightSpread);
                        state.KnightTimer[knight] = numbers.BlowInterval;
                    }

                    continue;
                }

                if (NearestWalker(x, y, numbers.KnightSight) is var walker and >= 0)
                {
                    Walk(ref x, ref y, state.EnemyX[walker], state.EnemyY[walker], numbers.KnightSpeed);
                    continue;
                }
            }

            int owner = state.KnightOwner[knight];
            if (owner != TowerState.Reinforcement)
            {
                Walk(ref x, ref y, state.RallyX[owner], state.RallyY[owner], numbers.KnightSpeed);
            }
        }
    }

    private static void Walk(ref int x, ref int y, int targetX, int targetY, int speed)
    {
        int awayX = targetX - x, awayY = targetY - y, squared = Squared(awayX, awayY);
        if (squared <= speed * speed)
        {
            (x, y) = (targetX, targetY);
            return;
        }

        double share = speed / Math.Sqrt(squared);
        x += (int)Math.Round(awayX * share);
        y += (int)Math.Round(awayY * share);
    }

    private void FireTowers()
    {
        Span<int> kinds = state.TowerKind, timers = state.TowerTimer, frozen = state.TowerFrozen;
        for (int point = 0; point < numbers.PointX.Length; point++)
        {
            if (kinds[point] == 0 || timers[point] > 0 || frozen[point] > 0)
            {
                continue;
            }

            if (kinds[point] == (int)TowerKind.Knight)
            {
                SendKnight(point);
            }
            else if (state.EnemyCount > 0)
            {
                Shoot(point, kinds[point] == (int)TowerKind.Archer ? numbers.Archer : numbers.Magician);
            }
        }
    }

    private void SendKnight(int point)
    {
        if (state.KnightCount < TowerState.MostKnights && state.KnightOwner[..state.KnightCount].Count(point) < Level.Rules.KnightsPerTower)
        {
            AddKnight(point, numbers.PointX[point], numbers.PointY[point], 0);
            state.TowerTimer[point] = numbers.KnightPeriod;
        }
    }

    private void Shoot(int point, in TowerNumbers.ShotNumbers shot)
    {
        int count = state.EnemyCount, target = -1, least = int.MaxValue, x = numbers.PointX[point], y = numbers.PointY[point];
        ReadOnlySpan<int> enemyX = state.EnemyX[..count], enemyY = state.EnemyY[..count], kinds = state.EnemyKind[..count];
        for (int enemy = 0; enemy < enemyX.Length; enemy++)
        {
            if (Squared(enemyX[enemy] - x, enemyY[enemy] - y) <= shot.Reach && (shot.Air || !numbers.EnemyFlies[kinds[enemy]]))
            {
                int remaining = Level.Map.Lengths[state.EnemyPath[enemy]] - state.EnemyDistance[enemy];
                if (remaining < least && state.EnemyHitPoints[enemy] > 0)
                {
                    (target, least) = (enemy, remaining);
                }
            }
        }

        if (target < 0)
        {
            return;
        }

        int damage = (((shot.Damage + Draw(shot.Spread)) * numbers.Growth[state.TowerUpgrades[point]]) + 500) / 1000;
        state.TowerTimer[point] = shot.Interval;
        state.EnemyHitPoints[target] -= damage;
        if (shot.Splash == 0)
        {
            return;
        }

        for (int enemy = 0; enemy < enemyX.Length; enemy++)
        {
            if (enemy != target && !numbers.EnemyFlies[kinds[enemy]] && Squared(enemyX[enemy] - enemyX[target], enemyY[enemy] - enemyY[target]) <= shot.Splash)
            {
                state.EnemyHitPoints[enemy] -= damage;
            }
        }
    }

    private void MoveHero()
    {
        if (state.HeroRevival > 0)
        {
            return;
        }

        int best = -1, nearest = numbers.HeroReach + 1;
        for (int enemy = 0; enemy < state.EnemyCount; enemy++)
        {
            int squared = Squared(state.EnemyX[enemy] - state.HeroX, state.EnemyY[enemy] - state.HeroY);
            if (squared < nearest)
            {
                (best, nearest) = (enemy, squared);
            }
        }

        if (best < 0)
        {
            Walk(ref state.HeroX, ref state.HeroY, state.HeroTargetX, state.HeroTargetY, numbers.HeroSpeed);
        }
        else if (state.HeroTimer == 0)
        {
            state.EnemyHitPoints[best] -= numbers.HeroDamage + Draw(numbers.HeroSpread);
            state.HeroTimer = numbers.BlowInterval;
        }
    }

    private void Burn()
    {
        if (state.FireTimer == 0)
        {
            return;
        }

        if ((numbers.FireTicks - state.FireTimer) % numbers.FirePeriod == 0)
        {
            for (int enemy = 0; enemy < state.EnemyCount; enemy++)
            {
                if (Squared(state.EnemyX[enemy] - state.FireX, state.EnemyY[enemy] - state.FireY) <= numbers.Fire)
                {
                    state.EnemyHitPoints[enemy] -= numbers.FireDamage;
                }
            }
        }

        if (--state.FireTimer == 0)
        {
            (state.FireX, state.FireY) = (0, 0);
        }
    }

    private void Bury()
    {
        for (int enemy = state.EnemyCount - 1; enemy >= 0; enemy--)
        {
            if (state.EnemyHitPoints[enemy] <= 0)
            {
                Earn(numbers.EnemyPay[state.EnemyKind[enemy]]);
                state.RemoveEnemy(enemy);
                kills++;
            }
        }

        for (int knight = state.KnightCount - 1; knight >= 0; knight--)
        {
            if (state.KnightHitPoints[knight] <= 0)
            {
                state.RemoveKnight(knight);
            }
        }

        if (state.HeroHitPoints <= 0 && state.HeroRevival == 0)
        {
            (state.HeroHitPoints, state.HeroTimer, state.HeroRevival) = (0, 0, numbers.HeroRevival + 1);
        }
    }

    private void Arrive()
    {
        for (int enemy = state.EnemyCount - 1; enemy >= 0; enemy--)
        {
            if (state.EnemyDistance[enemy] >= Level.Map.Lengths[state.EnemyPath[enemy]])
            {
                state.RemoveEnemy(enemy);
                if (--state.Lives == 0)
                {
                    state.Outcome = (int)TowerOutcome.Lost;
                    return;
                }
            }
        }

        if (state.EnemyCount == 0 && state.Wave == Level.Waves.Count)
        {
            state.Outcome = (int)TowerOutcome.Won;
        }
    }

    private void AdvanceTimers()
    {
        Lower(ref state.SpawnTimer);
        Lower(ref state.ReinforcementTimer);
        Lower(ref state.HeroTimer);
        Span<int> towerTimers = state.TowerTimer[..numbers.PointX.Length], frozen = state.TowerFrozen[..numbers.PointX.Length];
        for (int point = 0; point < towerTimers.Length; point++)
        {
            Lower(ref towerTimers[point]);
            Lower(ref frozen[point]);
        }

        for (int knight = state.KnightCount - 1; knight >= 0; knight--)
        {
            Lower(ref state.KnightTimer[knight]);
            if (state.KnightOwner[knight] == TowerState.Reinforcement && --state.KnightLife[knight] == 0)
            {
                state.RemoveKnight(knight);
            }
        }

        AdvanceHero();
        AdvanceCoin();
    }

    private void AdvanceHero()
    {
        int maximum = HeroMaximum(numbers, state.HeroLevel);
        if (state.HeroRevival == 0)
        {
            state.HeroHitPoints = Math.Min(maximum, state.HeroHitPoints + numbers.HeroRegeneration);
        }
        else if (--state.HeroRevival == 0)
        {
            state.HeroHitPoints = maximum;
            state.HeroX = state.HeroTargetX = TowerMap.ToThousandths(Level.Hero.X);
            state.HeroY = state.HeroTargetY = TowerMap.ToThousandths(Level.Hero.Y);
        }
    }

    private void AdvanceCoin()
    {
        if (--state.CoinTimer <= numbers.CoinExpiry)
        {
            (state.CoinX, state.CoinY, state.CoinValue) = (0, 0, 0);
        }

        if (state.CoinTimer == 0)
        {
            int radius = (int)TowerRules.MapRadius * TowerMap.Scale;
            state.CoinX = Draw(2 * radius) - radius;
            state.CoinY = Draw(2 * radius) - radius;
            state.CoinValue = Level.Rules.CoinValue + Draw(Level.Rules.CoinSpread);
            state.CoinTimer = numbers.CoinPeriod;
        }
    }

    private static void Lower(ref int timer)
    {
        if (timer > 0)
        {
            timer--;
        }
    }
}
