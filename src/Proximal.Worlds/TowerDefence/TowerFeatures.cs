namespace Proximal.Worlds.TowerDefence;

/// <summary>
/// The game as numbers about -1 to 1 for small networks: 24 scalars, ten numbers for each of 15 tower points (is it there, what stands on it, level, frost, how much path
/// its ranges hold), the hit points on the ground and in the air in 16 stretches of each of 3 paths, and who is still to come in this and the next wave. The
/// structured observation says more, but its padding of -9999 drowns everything else in a network.
/// </summary>
public static class TowerFeatures
{
    /// <summary>Numbers of an observation.</summary>
    public const int Length = Waves + (2 * Kinds);

    private const int Kinds = 5;
    private const int PointWidth = 10;
    private const int Points = 24;
    private const int Stretches = 16;
    private const int Paths = Points + (PointWidth * TowerLevel.MostPoints);
    private const int Waves = Paths + (2 * Stretches * TowerLevel.MostPaths);
    private const float Coverage = 0.3f;

    /// <summary>Writes the features of a game.</summary>
    /// <param name="world">The game.</param>
    /// <param name="features">[<see cref="Length"/>].</param>
    public static void Write(TowerWorld world, Span<float> features)
    {
        ArgumentNullException.ThrowIfNull(world);
        features.Clear();
        TowerLevel level = world.Level;
        TowerState state = world.State;
        WriteScalars(world, features);
        Span<float> points = features[Points..];
        for (int point = 0; point < level.Points.Count; point++)
        {
            Span<float> row = points.Slice(PointWidth * point, PointWidth);
            row[0] = 1;
            row[1 + state.TowerKind[point]] = 1;
            row[5] = state.TowerUpgrades[point] / (float)TowerRules.HighestLevel;
            row[6] = state.TowerFrozen[point] / (float)Math.Max(1, world.Numbers.FreezeTicks);
            row[7] = Coverage * (float)world.Numbers.ArcherCoverage[point];
            row[8] = Coverage * (float)world.Numbers.MagicianCoverage[point];
            row[9] = state.TowerKind[point] != 0 && state.Money >= world.UpgradePrice(point) ? 1 : 0;
        }

        for (int enemy = 0; enemy < state.EnemyCount; enemy++)
        {
            if (world.Sees(enemy))
            {
                int path = state.EnemyPath[enemy], stretch = Math.Min(Stretches - 1, Stretches * state.EnemyDistance[enemy] / level.Map.Lengths[path]);
                int air = world.Numbers.EnemyFlies[state.EnemyKind[enemy]] ? 1 : 0;
                features[Paths + (2 * ((Stretches * path) + stretch)) + air] += state.EnemyHitPoints[enemy] * (0.01f / TowerNumbers.HitPointScale);
            }
        }

        Count(world, world.Wave, world.State.Spawned, features[Waves..]);
        Count(world, world.Wave + 1, 0, features[(Waves + Kinds)..]);
    }

    private static void WriteScalars(TowerWorld world, Span<float> features)
    {
        TowerState state = world.State;
        TowerLevel level = world.Level;
        TowerNumbers numbers = world.Numbers;
        ReadOnlySpan<float> scalars =
        [
            state.Money / 200f,
            state.Lives / (float)level.Lives,
            state.Wave / (float)level.Waves.Count,
            state.SpawnTimer / (float)numbers.WaveDelay,
            state.Decision / (float)level.Rules.MaximumDecisions,
            state.Money >= level.Rules.Archer.Price ? 1 : 0,
            state.Money >= level.Rules.KnightPrice ? 1 : 0,
            state.Money >= level.Rules.Magician.Price ? 1 : 0,
            state.ReinforcementTimer / (float)numbers.ReinforcementPeriod,
            state.HeroRevival == 0 ? 1 : 0,
            Place(state.HeroX),
            Place(state.HeroY),
            Place(state.HeroTargetX),
            Place(state.HeroTargetY),
            state.HeroHitPoints / (float)TowerWorld.HeroMaximum(numbers, state.HeroLevel),
            state.HeroLevel / (float)Math.Max(1, level.Rules.HeroUpgrades),
            state.FireTimer / (float)numbers.FireTicks,
            Place(state.FireX),
            Place(state.FireY),
            state.CoinValue > 0 ? 1 : 0,
            Place(state.CoinX),
            Place(state.CoinY),
            state.KnightCount / 10f,
            state.EnemyCount / 10f,
        ];
        scalars.CopyTo(features);
    }

    private static float Place(int thousandths) => thousandths / (float)(TowerMap.Scale * TowerRules.MapRadius);

    private static void Count(TowerWorld world, int wave, int from, Span<float> counts)
    {
        if (wave >= world.Level.Waves.Count)
        {
            return;
        }

        foreach (int kind in world.Numbers.Spawns(wave)[from..])
        {
            counts[kind] += 0.1f;
        }
    }
}
