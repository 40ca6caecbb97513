namespace Proximal.Tasks.Knowledge;

/// <summary>Keeps the worlds that were made last: problems of one world come one after another, and are asked for several times.</summary>
/// <param name="create">Makes the world of a seed.</param>
internal sealed class WorldCache<TWorld>(Func<ulong, TWorld> create)
{
    private const int Slots = 64;

    private readonly Entry?[] worlds = new Entry?[Slots];

    public TWorld this[ulong seed]
    {
        get
        {
            Entry? kept = Volatile.Read(ref worlds[seed % Slots]);
            if (kept is null || kept.Seed != seed)
            {
                Volatile.Write(ref worlds[seed % Slots], kept = new Entry(seed, create(seed)));
            }

            return kept.World;
        }
    }

    private sealed record Entry(ulong Seed, TWorld World);
}
