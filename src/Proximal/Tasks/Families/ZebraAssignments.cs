namespace Proximal.Tasks.Families;

/// <summary>All (h!)^a ways to put the values of a attributes into h houses: row i, column v is the house of value v.</summary>
internal sealed class ZebraAssignments
{
    private readonly byte[] houses;
    private readonly int values;

    public ZebraAssignments(int houseCount, int attributes)
    {
        List<byte[]> orders = [];
        Permute(orders, new byte[houseCount], 0, 0);
        values = houseCount * attributes;
        Count = (int)Math.Pow(orders.Count, attributes);
        houses = new byte[Count * values];
        for (int i = 0; i < Count; i++)
        {
            for (int attribute = 0, rest = i; attribute < attributes; attribute++, rest /= orders.Count)
            {
                orders[rest % orders.Count].CopyTo(houses.AsSpan((i * values) + (attribute * houseCount)));
            }
        }
    }

    public int Count { get; }

    public ReadOnlySpan<byte> this[int assignment] => houses.AsSpan(assignment * values, values);

    /// <summary>The clues that each shrink what the earlier ones leave, up to uniqueness, less those that uniqueness does not need.</summary>
    public List<ZebraClue> Minimize(IReadOnlyList<ZebraClue> clues)
    {
        List<ZebraClue> kept = [];
        int[] consistent = [.. Enumerable.Range(0, Count)];
        foreach (ZebraClue clue in clues)
        {
            int[] left = Filter(consistent, clue);
            if (left.Length < consistent.Length)
            {
                kept.Add(clue);
                consistent = left;
            }

            if (consistent.Length == 1)
            {
                break;
            }
        }

        return DropUnneeded(kept);
    }

    /// <summary>How many assignments are left after each clue.</summary>
    public List<int> Remaining(IReadOnlyList<ZebraClue> clues)
    {
        List<int> remaining = [];
        int[] consistent = [.. Enumerable.Range(0, Count)];
        foreach (ZebraClue clue in clues)
        {
            consistent = Filter(consistent, clue);
            remaining.Add(consistent.Length);
        }

        return remaining;
    }

    private int[] Filter(int[] assignments, ZebraClue clue) => Array.FindAll(assignments, assignment => clue.Holds(this[assignment]));

    /// <summary>A clue is needed while some assignment breaks it and no other clue that is still kept; the broken clues of an assignment are bits of a mask.</summary>
    private List<ZebraClue> DropUnneeded(List<ZebraClue> kept)
    {
        ulong[] broken = new ulong[Count];
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<byte> assignment = this[i];
            for (int c = 0; c < kept.Count; c++)
            {
                broken[i] |= kept[c].Holds(assignment) ? 0 : 1UL << c;
            }
        }

        ulong active = (1UL << kept.Count) - 1;
        for (int c = 0; c < kept.Count; c++)
        {
            ulong bit = 1UL << c, mask = active;
            if (!Array.Exists(broken, b => (b & mask) == bit))
            {
                active &= ~bit;
            }
        }

        return [.. kept.Where((_, c) => ((active >> c) & 1) == 1)];
    }

    private static void Permute(List<byte[]> orders, byte[] order, int at, int used)
    {
        if (at == order.Length)
        {
            orders.Add([.. order]);
            return;
        }

        for (byte house = 0; house < order.Length; house++)
        {
            if (((used >> house) & 1) == 0)
            {
                order[at] = house;
                Permute(orders, order, at + 1, used | (1 << house));
            }
        }
    }
}
