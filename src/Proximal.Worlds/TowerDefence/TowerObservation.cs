using System.Globalization;

namespace Proximal.Worlds.TowerDefence;

/// <summary>
/// The structured observation: 20 constants of the level, 24 scalars, 3 paths of 20 corners (x, y), 15 tower points of 8 numbers, 30 enemies of 4, 20 knights of
/// 3; what is not there is -9999. Places are in units, times in seconds, hit points as they are, all exactly representable, so that a state can be read back. An
/// enemy is (kind, x, y, hit points) and a knight (x, y, hit points); what else their state has lies in binary digits of the kind below 1, and of x and y below a
/// thousandth, where a network need not look. Scalars: money, lives, wave, spawned of it, seconds to the next spawn, decision, outcome, reinforcement cooldown,
/// hero (x, y, hit points, level, target x, target y, cooldown, revival), fire (x, y, seconds), coin (x, y, value, timer), last action type + error / 16.
/// </summary>
public static class TowerObservation
{
    /// <summary>Numbers of an observation.</summary>
    public const int Length = Knights + (KnightWidth * TowerState.MostKnights);

    /// <summary>What stands where nothing is.</summary>
    public const float Padding = -9999;

    /// <summary>Where the scalars begin; the constants of the level lie before them.</summary>
    public const int Scalars = 20;

    /// <summary>Where the paths begin.</summary>
    public const int Paths = Scalars + 24;

    /// <summary>Where the tower points begin.</summary>
    public const int Towers = Paths + (2 * TowerLevel.MostPaths * TowerLevel.MostCorners);

    /// <summary>Where the enemies begin.</summary>
    public const int Enemies = Towers + (TowerWidth * TowerLevel.MostPoints);

    /// <summary>Where the knights begin.</summary>
    public const int Knights = Enemies + (EnemyWidth * TowerState.MostEnemies);

    /// <summary>Numbers of a tower point: x, y, kind, level, cooldown, frozen, rally x, rally y.</summary>
    public const int TowerWidth = 8;

    /// <summary>Numbers of an enemy.</summary>
    public const int EnemyWidth = 4;

    /// <summary>Numbers of a knight.</summary>
    public const int KnightWidth = 3;

    private const float Place = 1f / TowerMap.Scale;
    private const float HitPoint = 1f / TowerNumbers.HitPointScale;
    private const float Tick = 1f / TowerNumbers.TicksPerSecond;
    private const int EnemyCode = 1 << 16;
    private const int KnightCode = 256;
    private const int ErrorCode = 16;

    /// <summary>The units of the scalars, in order.</summary>
    private static readonly float[] ScalarUnits =
    [
        1, 1, 1, 1, Tick, 1, 1, Tick, Place, Place, HitPoint, 1, Place, Place, Tick, Tick, Place, Place, Tick, Place, Place, 1, Tick,
    ];

    /// <summary>Writes the observation of a game.</summary>
    /// <param name="world">The game.</param>
    /// <param name="observation">[<see cref="Length"/>].</param>
    public static void Write(TowerWorld world, Span<float> observation)
    {
        ArgumentNullException.ThrowIfNull(world);
        world.Level.Template.CopyTo(observation);
        TowerState state = world.State;
        Span<float> scalars = observation[Scalars..];
        ReadOnlySpan<int> values = state.Values;
        for (int i = 0; i < ScalarUnits.Length; i++)
        {
            scalars[i] = values[i] * ScalarUnits[i];
        }

        scalars[ScalarUnits.Length] = (int)world.LastAction.Type + ((float)world.LastError / ErrorCode);
        WriteTowers(state, world.Level.Points.Count, observation[Towers..]);
        WriteEnemies(world, observation[Enemies..]);
        ReadOnlySpan<int> owner = state.KnightOwner, x = state.KnightX, y = state.KnightY, hitPoints = state.KnightHitPoints, timer = state.KnightTimer, life = state.KnightLife;
        for (int knight = 0, at = Knights; knight < state.KnightCount; knight++, at += KnightWidth)
        {
            observation[at] = ((x[knight] * KnightCode) + (owner[knight] * 16) + timer[knight]) / (float)(KnightCode * TowerMap.Scale);
            observation[at + 1] = ((y[knight] * KnightCode) + life[knight]) / (float)(KnightCode * TowerMap.Scale);
            observation[at + 2] = hitPoints[knight] * HitPoint;
        }
    }

    /// <summary>The game that an observation shows. Random numbers to come are no part of it.</summary>
    /// <param name="level">The level that was played; without fog.</param>
    /// <param name="observation">What <see cref="Write"/> wrote.</param>
    /// <param name="seed">Seed of what is still to come.</param>
    /// <exception cref="TowerLevelException">The numbers show no state of the level; the message names the first that does not fit.</exception>
    public static TowerWorld Read(TowerLevel level, ReadOnlySpan<float> observation, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(level);
        if (observation.Length != Length)
        {
            throw new TowerLevelException($"observation: {observation.Length} numbers, expected {Length}");
        }

        TowerWorld world = new(level, seed);
        TowerState state = world.State;
        state.Clear();
        CheckConstants(level, observation);
        for (int i = 0; i < ScalarUnits.Length; i++)
        {
            state.Values[i] = Whole(observation, Scalars + i, 1 / ScalarUnits[i]);
        }

        int last = Whole(observation, Scalars + ScalarUnits.Length, ErrorCode);
        ReadTowers(level, observation, state);
        ReadEnemies(level, observation, state);
        ReadKnights(observation, state);
        TowerStateCheck.Verify(level, state);
        if (last / ErrorCode is < 0 or >= TowerAction.Types || last % ErrorCode is < 0 or > (int)TowerError.OutOfMap)
        {
            throw Fault(observation, Scalars + ScalarUnits.Length, "a type and an error");
        }

        world.SetLast(new TowerAction((TowerActionType)(last / ErrorCode)), (TowerError)(last % ErrorCode));
        return world;
    }

    internal static float[] CreateTemplate(TowerLevel level)
    {
        float[] template = new float[Length];
        template.AsSpan(Paths).Fill(Padding);
        TowerRules rules = level.Rules;
        double[] constants =
        [
            level.Money, level.Lives, level.HitPointMultiplier, level.Waves.Count, level.Enemies, level.Points.Count, level.Paths.Count, rules.DecisionPeriod, rules.MaximumDecisions,
            rules.Archer.Price, rules.KnightPrice, rules.Magician.Price, rules.UpgradePrice, rules.Archer.Diameter, rules.Magician.Diameter, rules.RallyDistance,
            rules.HeroUpgradePrice, rules.SkillCost, rules.ReinforcementPeriod, rules.CoinPeriod,
        ];
        for (int i = 0; i < constants.Length; i++)
        {
            template[i] = (float)constants[i];
        }

        for (int path = 0; path < level.Paths.Count; path++)
        {
            WritePoints(level.Paths[path], template.AsSpan(Paths + (2 * TowerLevel.MostCorners * path)), 2);
        }

        WritePoints(level.Points, template.AsSpan(Towers), TowerWidth);
        return template;
    }

    private static void WritePoints(IReadOnlyList<MapPoint> points, Span<float> numbers, int width)
    {
        for (int i = 0; i < points.Count; i++)
        {
            (numbers[width * i], numbers[(width * i) + 1]) = ((float)points[i].X, (float)points[i].Y);
        }
    }

    private static void WriteTowers(TowerState state, int points, Span<float> towers)
    {
        ReadOnlySpan<int> kind = state.TowerKind, upgrades = state.TowerUpgrades, timer = state.TowerTimer, frozen = state.TowerFrozen, rallyX = state.RallyX, rallyY = state.RallyY;
        for (int point = 0, at = 0; point < points; point++, at += TowerWidth)
        {
            towers[at + 2] = kind[point];
            towers[at + 3] = upgrades[point];
            towers[at + 4] = timer[point] * Tick;
            towers[at + 5] = frozen[point] * Tick;
            if (kind[point] == (int)TowerKind.Knight)
            {
                towers[at + 6] = rallyX[point] * Place;
                towers[at + 7] = rallyY[point] * Place;
            }
        }
    }

    private static void WriteEnemies(TowerWorld world, Span<float> enemies)
    {
        TowerState state = world.State;
        TowerMap map = world.Level.Map;
        bool fog = world.Level.Rules.Sight > 0;
        ReadOnlySpan<int> kind = state.EnemyKind, path = state.EnemyPath, segment = state.EnemySegment, distance = state.EnemyDistance;
        ReadOnlySpan<int> x = state.EnemyX, y = state.EnemyY, hitPoints = state.EnemyHitPoints, timer = state.EnemyTimer;
        for (int enemy = 0, at = 0; enemy < state.EnemyCount; enemy++, at += EnemyWidth)
        {
            if (fog && !world.Sees(enemy))
            {
                continue;
            }

            // A place names the distance on a slanting segment only to within a thousandth: two digits say the rest.
            int beside = distance[enemy] - map.Project(segment[enemy], x[enemy], y[enemy]) + 2;
            int code = ((((((segment[enemy] - map.FirstSegment(path[enemy])) << 2) | path[enemy]) << 7) | timer[enemy]) << 2) | beside;
            enemies[at] = kind[enemy] + (code / (float)EnemyCode);
            enemies[at + 1] = x[enemy] * Place;
            enemies[at + 2] = y[enemy] * Place;
            enemies[at + 3] = hitPoints[enemy] * HitPoint;
        }
    }

    private static void CheckConstants(TowerLevel level, ReadOnlySpan<float> observation)
    {
        if (level.Rules.Sight > 0)
        {
            throw new TowerLevelException("rules.sight: fog hides part of the state, expected a level without fog");
        }

        for (int i = 0; i < Scalars; i++)
        {
            if (observation[i] != level.Template[i])
            {
                throw Fault(observation, i, string.Create(CultureInfo.InvariantCulture, $"{level.Template[i]} as in level '{level.Name}'"));
            }
        }
    }

    private static void ReadTowers(TowerLevel level, ReadOnlySpan<float> observation, TowerState state)
    {
        for (int point = 0; point < level.Points.Count; point++)
        {
            int at = Towers + (TowerWidth * point);
            state.TowerKind[point] = Whole(observation, at + 2, 1);
            state.TowerUpgrades[point] = Whole(observation, at + 3, 1);
            state.TowerTimer[point] = Whole(observation, at + 4, 1 / Tick);
            state.TowerFrozen[point] = Whole(observation, at + 5, 1 / Tick);
            if (state.TowerKind[point] == (int)TowerKind.Knight)
            {
                state.RallyX[point] = Whole(observation, at + 6, 1 / Place);
                state.RallyY[point] = Whole(observation, at + 7, 1 / Place);
            }
        }
    }

    private static void ReadEnemies(TowerLevel level, ReadOnlySpan<float> observation, TowerState state)
    {
        for (int enemy = 0; enemy < TowerState.MostEnemies && observation[Enemies + (EnemyWidth * enemy)] != Padding; enemy++)
        {
            int at = Enemies + (EnemyWidth * enemy), packed = Whole(observation, at, EnemyCode), code = packed % EnemyCode, path = (code >> 9) & 3;
            if (packed < 0 || path >= level.Paths.Count || code >> 11 >= level.Map.SegmentCount(path))
            {
                throw Fault(observation, at, "an enemy on a path");
            }

            int segment = level.Map.FirstSegment(path) + (code >> 11), x = Whole(observation, at + 1, 1 / Place), y = Whole(observation, at + 2, 1 / Place);
            state.EnemyKind[enemy] = packed / EnemyCode;
            state.EnemyPath[enemy] = path;
            state.EnemySegment[enemy] = segment;
            state.EnemyDistance[enemy] = level.Map.Project(segment, x, y) + (code & 3) - 2;
            state.EnemyTimer[enemy] = (code >> 2) & 127;
            (state.EnemyX[enemy], state.EnemyY[enemy]) = (x, y);
            state.EnemyHitPoints[enemy] = Whole(observation, at + 3, 1 / HitPoint);
            state.EnemyCount++;
        }
    }

    private static void ReadKnights(ReadOnlySpan<float> observation, TowerState state)
    {
        for (int knight = 0; knight < TowerState.MostKnights && observation[Knights + (KnightWidth * knight)] != Padding; knight++)
        {
            int at = Knights + (KnightWidth * knight), x = Whole(observation, at, KnightCode * TowerMap.Scale), y = Whole(observation, at + 1, KnightCode * TowerMap.Scale);
            state.KnightX[knight] = x >> 8;
            state.KnightOwner[knight] = (x >> 4) & 15;
            state.KnightTimer[knight] = x & 15;
            state.KnightY[knight] = y >> 8;
            state.KnightLife[knight] = y & 255;
            state.KnightHitPoints[knight] = Whole(observation, at + 2, 1 / HitPoint);
            state.KnightCount++;
        }
    }

    /// <summary>The whole number that a number is a float of, in its own unit.</summary>
    private static int Whole(ReadOnlySpan<float> observation, int index, double perUnit)
    {
        double exact = observation[index] * perUnit, whole = Math.Round(exact);
        return Math.Abs(exact) < 1 << 24 && Math.Abs(exact - whole) < 0.2 ? (int)whole : throw Fault(observation, index, "a number that the game can have");
    }

    private static TowerLevelException Fault(ReadOnlySpan<float> observation, int index, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"observation[{index}]: {observation[index]}, expected {expected}"));
}
