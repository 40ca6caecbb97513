namespace Proximal.Worlds;

/// <summary>The 64-bit FNV-1a hash of a sequence of numbers: what states of worlds are compared by.</summary>
public struct Fnv1aHash
{
    private ulong hash;

    /// <summary>The hash of nothing.</summary>
    public Fnv1aHash() => hash = 0xCBF29CE484222325;

    /// <summary>The hash so far.</summary>
    public readonly ulong Value => hash;

    /// <summary>Takes in a number, the lowest byte first.</summary>
    public void Add(int value)
    {
        for (int shift = 0; shift < 32; shift += 8)
        {
            hash = unchecked((hash ^ (byte)(value >> shift)) * 0x100000001B3);
        }
    }

    /// <summary>Takes in a list: how many, then each.</summary>
    public void Add(ReadOnlySpan<int> values)
    {
        Add(values.Length);
        foreach (int value in values)
        {
            Add(value);
        }
    }
}
