namespace Proximal.Tasks.Knowledge;

/// <summary>The seeds of worlds by split: a million each, training first, then validation, then test; every further million of problems has the same worlds and other questions.</summary>
internal static class WorldSeeds
{
    private const ulong Worlds = 1_000_000;

    /// <summary>The seed of the world of a problem.</summary>
    public static ulong World(int seed, TaskSplit split, long index) => (((3 * (ulong)seed) + (ulong)split) * Worlds) + ((ulong)index % Worlds);

    /// <summary>The seed of its question: another one for every problem.</summary>
    public static ulong Question(int seed, TaskSplit split, long index) => World(seed, split, index) + ((ulong)index / Worlds << 44);
}
