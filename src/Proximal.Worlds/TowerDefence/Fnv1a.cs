namespace Proximal.Worlds.TowerDefence;

/// <summary>FNV-1a with 64 bits.</summary>
internal static class Fnv1a
{
    public const ulong Offset = 14695981039346656037;

    private const ulong Prime = 1099511628211;

    /// <summary>Takes bytes into a hash.</summary>
    public static ulong Hash(ReadOnlySpan<byte> bytes, ulong hash = Offset)
    {
        foreach (byte value in bytes)
        {
            hash = (hash ^ value) * Prime;
        }

        return hash;
    }

    /// <summary>The hash of a text in UTF-8.</summary>
    public static ulong Hash(string text) => Hash(System.Text.Encoding.UTF8.GetBytes(text));
}
