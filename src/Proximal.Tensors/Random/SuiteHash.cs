using System.Text;

namespace Proximal.Tensors.Random;

/// <summary>The 64-bit FNV-1a hash that names instance streams and split buckets.</summary>
public static class SuiteHash
{
    /// <summary>FNV-1a (64 bits) of the UTF-8 bytes of a text.</summary>
    public static ulong Fnv1a64(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ulong hash = 0xCBF29CE484222325;
        foreach (byte value in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ value) * 0x100000001B3;
        }

        return hash;
    }
}
