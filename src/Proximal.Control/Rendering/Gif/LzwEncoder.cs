namespace Proximal.Control.Rendering.Gif;

/// <summary>The compression of GIF (variable-length Lempel-Ziv-Welch, GIF89a appendix F) of indices of eight bits, in blocks of at most 255 bytes.</summary>
internal sealed class LzwEncoder
{
    private const int Clear = 256, End = 257, First = 258, CodeLimit = 4096, TableSize = 1 << 14;

    private readonly int[] keys = new int[TableSize];
    private readonly short[] codes = new short[TableSize];
    private readonly byte[] block = new byte[256];
    private int blockLength;
    private uint pending;
    private int pendingBits;

    /// <summary>Writes the minimum code size, the blocks and the end of the blocks.</summary>
    public void Write(ReadOnlySpan<byte> indices, Stream stream)
    {
        stream.WriteByte(8);
        (blockLength, pending, pendingBits) = (0, 0, 0);
        int next = First, width = 9, prefix = indices[0];
        Array.Fill(keys, -1);
        Emit(Clear, width, stream);
        foreach (byte index in indices[1..])
        {
            int key = (prefix << 8) | index;
            int slot = Find(key);
            if (keys[slot] == key)
            {
                prefix = codes[slot];
                continue;
            }

            Emit(prefix, width, stream);
            prefix = index;
            if (next == CodeLimit)
            {
                Emit(Clear, width, stream);
                Array.Fill(keys, -1);
                (next, width) = (First, 9);
                continue;
            }

            // The decoder is one entry behind, so the code grows when the entry after the last of its width is made.
            if (next == 1 << width)
            {
                width++;
            }

            keys[slot] = key;
            codes[slot] = (short)next++;
        }

        Emit(prefix, width, stream);
        if (next == 1 << width && width < 12)
        {
            width++;
        }

        Emit(End, width, stream);
        if (pendingBits > 0)
        {
            Push((byte)pending, stream);
        }

        Flush(stream);
        stream.WriteByte(0);
    }

    private int Find(int key)
    {
        int slot = (int)(((uint)key * 2654435769u) >> 18);
        while (keys[slot] >= 0 && keys[slot] != key)
        {
            slot = (slot + 1) & (TableSize - 1);
        }

        return slot;
    }

    private void Emit(int code, int width, Stream stream)
    {
        pending |= (uint)code << pendingBits;
        for (pendingBits += width; pendingBits >= 8; pendingBits -= 8)
        {
            Push((byte)pending, stream);
            pending >>= 8;
        }
    }

    private void Push(byte value, Stream stream)
    {
        block[++blockLength] = value;
        if (blockLength == 255)
        {
            Flush(stream);
        }
    }

    private void Flush(Stream stream)
    {
        if (blockLength > 0)
        {
            block[0] = (byte)blockLength;
            stream.Write(block, 0, blockLength + 1);
            blockLength = 0;
        }
    }
}
