using Proximal.Tensors.Random;

namespace Proximal.Worlds.TowerDefence;

/// <summary>
/// A game of tower defence (TowerMini, after TowerMind): enemies walk and fly along paths to the base, and one decision a second builds, upgrades and sells
/// towers, leads a hero, calls knights and takes coins. The state is whole numbers in one array and chance is a counter-based stream, so the same seed and
/// the same decisions give the same game everywhere; a decision allocates nothing. A tick does, in this order: spawn, enemies move or fight, knights, towers,
/// hero, fire, deaths and pay, arrivals, timers.
/// </summary>
public sealed partial class TowerWorld
{
    private const int DynamicsStream = 2;

    private readonly TowerState state = new();
    private readonly int[] blockedBy = new int[TowerState.MostEnemies];
    private readonly int[] engaged = new int[TowerState.MostKnights + 1];
    private TowerNumbers numbers;
    private RandomStream random;
    private ulong seed;
    private long draws;
    private int kills;

    /// <summary>Creates a game at its beginning.</summary>
    /// <param name="level">Map, waves and rules.</param>
    /// <param name="seed">Seed of damage and coins.</param>
    public TowerWorld(TowerLevel level, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(level);
        Level = level;
        numbers = level.Numbers;
        Reset(level, seed);
    }

    private TowerWorld(TowerWorld other)
    {
        Level = other.Level;
        numbers = other.numbers;
        CopyFrom(other);
    }

    /// <summary>Map, waves and rules.</summary>
    public TowerLevel Level { get; private set; }

    /// <summary>Money.</summary>
    public int Money => state.Money;

    /// <summary>Lives left.</summary>
    public int Lives => state.Lives;

    /// <summary>The wave that comes next or is coming, from 0; the number of waves when all have come.</summary>
    public int Wave => state.Wave;

    /// <summary>Seconds to the next enemy.</summary>
    public double NextSpawn => Seconds(state.SpawnTimer);

    /// <summary>Decisions taken.</summary>
    public int Decision => state.Decision;

    /// <summary>How the game stands.</summary>
    public TowerOutcome Outcome => (TowerOutcome)state.Outcome;

    /// <summary>Whether the game goes on.</summary>
    public bool Running => state.Outcome == 0;

    /// <summary>100 times the share of lives left; 0 for a lost level.</summary>
    public double Score => 100.0 * state.Lives / Level.Lives;

    /// <summary>Enemies on the map.</summary>
    public int EnemyCount => state.EnemyCount;

    /// <summary>Knights on the map.</summary>
    public int KnightCount => state.KnightCount;

    /// <summary>The last action.</summary>
    public TowerAction LastAction { get; private set; }

    /// <summary>Why the last action had no effect, or none.</summary>
    public TowerError LastError { get; private set; }

    /// <summary>Seconds until reinforcements can be called.</summary>
    public double ReinforcementCooldown => Seconds(state.ReinforcementTimer);

    /// <summary>The hero.</summary>
    public TowerHero Hero => new(
        Place(state.HeroX, state.HeroY), Points(state.HeroHitPoints), Points(HeroMaximum(numbers, state.HeroLevel)), state.HeroLevel, Place(state.HeroTargetX, state.HeroTargetY),
        Seconds(state.HeroRevival));

    /// <summary>Where the hero's fire burns and for how many seconds, or null.</summary>
    public (MapPoint Place, double Seconds)? Fire => state.FireTimer > 0 ? (Place(state.FireX, state.FireY), Seconds(state.FireTimer)) : null;

    /// <summary>The coin on the map with its value and the seconds it stays, or null.</summary>
    public (MapPoint Place, int Value, double Seconds)? Coin => state.CoinValue > 0
        ? (Place(state.CoinX, state.CoinY), state.CoinValue, Seconds(state.CoinTimer - numbers.CoinExpiry))
        : null;

    internal TowerState State => state;

    internal TowerNumbers Numbers => numbers;

    /// <summary>Begins a game anew.</summary>
    /// <param name="newSeed">Seed of damage and coins.</param>
    public void Reset(ulong newSeed) => Reset(Level, newSeed);

    /// <summary>Begins a game of another level.</summary>
    /// <param name="level">Map, waves and rules.</param>
    /// <param name="newSeed">Seed of damage and coins.</param>
    public void Reset(TowerLevel level, ulong newSeed)
    {
        ArgumentNullException.ThrowIfNull(level);
        Level = level;
        numbers = level.Numbers;
        Restart(newSeed, 0);
        state.Clear();
        state.Money = level.Money;
        state.Lives = level.Lives;
        state.SpawnTimer = numbers.FirstWave;
        state.CoinTimer = numbers.CoinPeriod;
        state.HeroX = state.HeroTargetX = TowerMap.ToThousandths(level.Hero.X);
        state.HeroY = state.HeroTargetY = TowerMap.ToThousandths(level.Hero.Y);
        state.HeroHitPoints = numbers.HeroHitPoints;
        LastAction = default;
        LastError = TowerError.None;
    }

    /// <summary>Takes a decision: the action if it is valid, then the ticks up to the next decision.</summary>
    /// <param name="action">The action.</param>
    /// <exception cref="InvalidOperationException">The game is over.</exception>
    public TowerStep Decide(TowerAction action)
    {
        if (!Running)
        {
            throw new InvalidOperationException($"The game is {TowerNames.Of(Outcome)}; call Reset first.");
        }

        int lives = state.Lives, total = Level.Lives, period = Level.Rules.DecisionPeriod;
        kills = 0;
        LastAction = action;
        LastError = Apply(action);
        for (int tick = 0; tick < period && state.Outcome == 0; tick++)
        {
            Tick();
        }

        state.Decision++;
        if (state.Outcome == 0 && state.Decision >= Level.Rules.MaximumDecisions)
        {
            state.Outcome = (int)TowerOutcome.TimeOver;
        }

        double reward = (-(double)(lives - state.Lives) / total) - Level.Rules.StepCost;
        reward += state.Outcome != 0 && state.Lives > 0 ? 1 : 0;
        return new TowerStep(reward, LastError, lives - state.Lives, kills, Outcome);
    }

    /// <summary>A copy that goes its own way: with the same decisions, the same way.</summary>
    public TowerWorld Clone() => new(this);

    /// <summary>Takes the state of another game, its level and random numbers included.</summary>
    /// <param name="other">The game to follow.</param>
    public void CopyFrom(TowerWorld other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Level = other.Level;
        numbers = other.numbers;
        state.CopyFrom(other.state);
        (seed, draws, random) = (other.seed, other.draws, other.random);
        (LastAction, LastError) = (other.LastAction, other.LastError);
    }

    /// <summary>Gives what is still to come other random numbers, so that a planner does not foresee those of the real game.</summary>
    /// <param name="newSeed">Seed from here on.</param>
    public void ReplaceRandom(ulong newSeed) => Restart(newSeed, 0);

    /// <summary>Numbers of <see cref="Save"/>.</summary>
    public static int SavedLength => TowerState.Length + 2;

    /// <summary>Writes the state as whole numbers, with type and error of the last action. Level and random numbers are no part of it.</summary>
    /// <param name="values">[<see cref="SavedLength"/>].</param>
    public void Save(Span<int> values)
    {
        state.Values.CopyTo(values);
        (values[TowerState.Length], values[TowerState.Length + 1]) = ((int)LastAction.Type, (int)LastError);
    }

    /// <summary>Takes a state that <see cref="Save"/> wrote in a game of the same level.</summary>
    /// <param name="values">[<see cref="SavedLength"/>].</param>
    /// <exception cref="TowerLevelException">The numbers are no state of the level.</exception>
    public void Restore(ReadOnlySpan<int> values)
    {
        if (values.Length != SavedLength || (uint)values[^2] >= TowerAction.Types || (uint)values[^1] > (uint)TowerError.OutOfMap)
        {
            throw new TowerLevelException("state: not the numbers of a game");
        }

        TowerState restored = new();
        values[..TowerState.Length].CopyTo(restored.Values);
        TowerStateCheck.Verify(Level, restored);
        state.CopyFrom(restored);
        (LastAction, LastError) = (new TowerAction((TowerActionType)values[^2]), (TowerError)values[^1]);
    }

    /// <summary>FNV-1a 64 over level and state. Random numbers to come and the last action are no part of it.</summary>
    public ulong StateHash() => state.Hash(Level.Fingerprint);

    /// <summary>A tower point with what stands on it.</summary>
    /// <param name="point">Which of the level's points.</param>
    public TowerSite Site(int point)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(point);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(point, Level.Points.Count);
        TowerKind kind = (TowerKind)state.TowerKind[point];
        return new TowerSite(
            Level.Points[point], kind, state.TowerUpgrades[point], Seconds(state.TowerTimer[point]), Seconds(state.TowerFrozen[point]),
            kind == TowerKind.Knight ? Place(state.RallyX[point], state.RallyY[point]) : null);
    }

    /// <summary>An enemy on the map.</summary>
    /// <param name="index">From 0, in the order in which they came.</param>
    public TowerEnemy Enemy(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, state.EnemyCount);
        return new TowerEnemy(
            (EnemyKind)state.EnemyKind[index], state.EnemyPath[index], Place(state.EnemyX[index], state.EnemyY[index]), Points(state.EnemyHitPoints[index]),
            (double)(Level.Map.Lengths[state.EnemyPath[index]] - state.EnemyDistance[index]) / TowerMap.Scale);
    }

    /// <summary>A knight on the map.</summary>
    /// <param name="index">From 0, in the order in which they came.</param>
    public TowerKnight Knight(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, state.KnightCount);
        int owner = state.KnightOwner[index];
        return new TowerKnight(
            Place(state.KnightX[index], state.KnightY[index]), Points(state.KnightHitPoints[index]), owner == TowerState.Reinforcement ? -1 : owner, Seconds(state.KnightLife[index]));
    }

    /// <summary>Whether observations show an enemy: always so without fog.</summary>
    /// <param name="index">From 0, in the order in which they came.</param>
    public bool Sees(int index)
    {
        if (Level.Rules.Sight == 0)
        {
            return true;
        }

        int x = state.EnemyX[index], y = state.EnemyY[index], reach = TowerNumbers.Squared(Level.Rules.Sight);
        MapPoint home = Level.Paths[0][^1];
        bool seen = (state.HeroRevival == 0 && Squared(state.HeroX - x, state.HeroY - y) <= reach)
            || Squared(TowerMap.ToThousandths(home.X) - x, TowerMap.ToThousandths(home.Y) - y) <= reach;
        for (int point = 0; point < numbers.PointX.Length && !seen; point++)
        {
            seen = state.TowerKind[point] != 0 && Squared(numbers.PointX[point] - x, numbers.PointY[point] - y) <= reach;
        }

        return seen;
    }

    /// <summary>The state outside of <see cref="StateHash"/> that a saved game needs: seed and position of the random numbers.</summary>
    public (ulong Seed, long Draws) Chance
    {
        get => (seed, draws);
        set => Restart(value.Seed, value.Draws);
    }

    internal static int HeroMaximum(TowerNumbers numbers, int level) => numbers.HeroHitPoints + (level * numbers.HeroUpgradeHitPoints);

    internal static MapPoint Place(int x, int y) => new((double)x / TowerMap.Scale, (double)y / TowerMap.Scale);

    internal static double Points(int hitPoints) => (double)hitPoints / TowerNumbers.HitPointScale;

    internal void SetLast(TowerAction action, TowerError error) => (LastAction, LastError) = (action, error);

    private static double Seconds(int ticks) => (double)ticks / TowerNumbers.TicksPerSecond;

    private void Restart(ulong newSeed, long position)
    {
        seed = newSeed;
        draws = position;
        random = new RandomStream(newSeed, RandomPurpose.Environment, DynamicsStream);
    }

    private int Draw(int spread) => spread == 0 ? 0 : random.Integer(draws++, spread + 1);
}
