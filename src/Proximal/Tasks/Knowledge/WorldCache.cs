using Proximal.Worlds.Knowledge;

namespace Proximal.Tasks.Knowledge;

/// <summary>Keeps the worlds that were made last: problems of one world come one after another, and are asked for several times.</summary>
internal sealed class WorldCache(KnowledgeOptions options)
{
    private const int Slots = 64;

    private readonly SearchWorld?[] worlds = new SearchWorld?[Slots];

    public SearchWorld this[ulong seed]
    {
        get
        {
            SearchWorld? kept = Volatile.Read(ref worlds[seed % Slots]);
            if (kept is null || kept.Seed != seed)
            {
                Volatile.Write(ref worlds[seed % Slots], kept = SearchWorld.Create(options, seed));
            }

            return kept;
        }
    }
}
