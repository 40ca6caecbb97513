using System.Runtime.InteropServices;

namespace Proximal.Worlds.TowerDefence;

/// <summary>
/// Everything of a game that its level does not say, but for random numbers to come: whole numbers in one array, so that states are copied, compared and
/// hashed as a whole. Places are in thousandths of a unit, hit points in hundredths, times in ticks. Rows beyond a count are 0.
/// </summary>
internal sealed class TowerState
{
    public const int MostEnemies = 30;
    public const int MostKnights = 20;
    public const int Reinforcement = TowerLevel.MostPoints;
    public const int Length = FirstKnight + (6 * MostKnights);

    private const int Scalars = 25;
    private const int Towers = TowerLevel.MostPoints;
    private const int FirstTower = Scalars;
    private const int FirstEnemy = FirstTower + (6 * Towers);
    private const int FirstKnight = FirstEnemy + (8 * MostEnemies);

    private readonly int[] values = new int[Length];

    public Span<int> Values => values;

    public ref int Money => ref values[0];

    public ref int Lives => ref values[1];

    public ref int Wave => ref values[2];

    public ref int Spawned => ref values[3];

    public ref int SpawnTimer => ref values[4];

    public ref int Decision => ref values[5];

    public ref int Outcome => ref values[6];

    public ref int ReinforcementTimer => ref values[7];

    public ref int HeroX => ref values[8];

    public ref int HeroY => ref values[9];

    public ref int HeroHitPoints => ref values[10];

    public ref int HeroLevel => ref values[11];

    public ref int HeroTargetX => ref values[12];

    public ref int HeroTargetY => ref values[13];

    public ref int HeroTimer => ref values[14];

    public ref int HeroRevival => ref values[15];

    public ref int FireX => ref values[16];

    public ref int FireY => ref values[17];

    public ref int FireTimer => ref values[18];

    public ref int CoinX => ref values[19];

    public ref int CoinY => ref values[20];

    /// <summary>Value of the coin; 0 when none lies there.</summary>
    public ref int CoinValue => ref values[21];

    public ref int CoinTimer => ref values[22];

    public ref int EnemyCount => ref values[23];

    public ref int KnightCount => ref values[24];

    public Span<int> TowerKind => values.AsSpan(FirstTower, Towers);

    public Span<int> TowerUpgrades => values.AsSpan(FirstTower + Towers, Towers);

    public Span<int> TowerTimer => values.AsSpan(FirstTower + (2 * Towers), Towers);

    public Span<int> TowerFrozen => values.AsSpan(FirstTower + (3 * Towers), Towers);

    public Span<int> RallyX => values.AsSpan(FirstTower + (4 * Towers), Towers);

    public Span<int> RallyY => values.AsSpan(FirstTower + (5 * Towers), Towers);

    public Span<int> EnemyKind => values.AsSpan(FirstEnemy, MostEnemies);

    public Span<int> EnemyPath => values.AsSpan(FirstEnemy + MostEnemies, MostEnemies);

    /// <summary>Segment among those of all paths.</summary>
    public Span<int> EnemySegment => values.AsSpan(FirstEnemy + (2 * MostEnemies), MostEnemies);

    public Span<int> EnemyDistance => values.AsSpan(FirstEnemy + (3 * MostEnemies), MostEnemies);

    public Span<int> EnemyX => values.AsSpan(FirstEnemy + (4 * MostEnemies), MostEnemies);

    public Span<int> EnemyY => values.AsSpan(FirstEnemy + (5 * MostEnemies), MostEnemies);

    public Span<int> EnemyHitPoints => values.AsSpan(FirstEnemy + (6 * MostEnemies), MostEnemies);

    /// <summary>Ticks to the next blow; of a shaman, to the next freeze.</summary>
    public Span<int> EnemyTimer => values.AsSpan(FirstEnemy + (7 * MostEnemies), MostEnemies);

    /// <summary>Tower point of each knight, or <see cref="Reinforcement"/>.</summary>
    public Span<int> KnightOwner => values.AsSpan(FirstKnight, MostKnights);

    public Span<int> KnightX => values.AsSpan(FirstKnight + MostKnights, MostKnights);

    public Span<int> KnightY => values.AsSpan(FirstKnight + (2 * MostKnights), MostKnights);

    public Span<int> KnightHitPoints => values.AsSpan(FirstKnight + (3 * MostKnights), MostKnights);

    public Span<int> KnightTimer => values.AsSpan(FirstKnight + (4 * MostKnights), MostKnights);

    /// <summary>Ticks that reinforcements stay; 0 for knights of a tower.</summary>
    public Span<int> KnightLife => values.AsSpan(FirstKnight + (5 * MostKnights), MostKnights);

    public void CopyFrom(TowerState other) => other.values.CopyTo(values, 0);

    public void Clear() => Array.Clear(values);

    /// <summary>FNV-1a 64 over the numbers in little-endian order, beginning with the level's own hash.</summary>
    public ulong Hash(ulong level)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int) * Length];
        for (int i = 0; i < Length; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(bytes[(i * sizeof(int))..], values[i]);
        }

        ulong seeded = Fnv1a.Hash(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in level)));
        return Fnv1a.Hash(bytes, seeded);
    }

    /// <summary>Takes an enemy out; the later ones move up.</summary>
    public void RemoveEnemy(int index)
    {
        int last = --EnemyCount;
        for (int field = 0; field < 8; field++)
        {
            Remove(values.AsSpan(FirstEnemy + (field * MostEnemies), MostEnemies), index, last);
        }
    }

    /// <summary>Takes a knight out; the later ones move up.</summary>
    public void RemoveKnight(int index)
    {
        int last = --KnightCount;
        for (int field = 0; field < 6; field++)
        {
            Remove(values.AsSpan(FirstKnight + (field * MostKnights), MostKnights), index, last);
        }
    }

    private static void Remove(Span<int> column, int index, int last)
    {
        column.Slice(index + 1, last - index).CopyTo(column[index..]);
        column[last] = 0;
    }
}
