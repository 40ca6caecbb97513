using System.Runtime.CompilerServices;

namespace Proximal.Tensors.Memory;

/// <summary>
/// Memory that is handed out front to back and taken back all at once. After the first few updates its chunks cover the peak,
/// and from then on an update allocates nothing.
/// </summary>
internal sealed unsafe class Arena : IDisposable
{
    private const long SmallestChunk = 1 << 20;

    private readonly List<NativeBuffer> chunks = [];
    private int current;
    private long offset;
    private long used;

    /// <summary>Bytes handed out since the last <see cref="Reset"/>.</summary>
    public long Used => used;

    /// <summary>Bytes held.</summary>
    public long Capacity
    {
        get
        {
            long total = 0;
            foreach (NativeBuffer chunk in chunks)
            {
                total += chunk.Bytes;
            }

            return total;
        }
    }

    /// <summary>Rents uninitialized memory, aligned to 64 bytes.</summary>
    public float* RentFloats(long count) => (float*)RentBytes(count * sizeof(float));

    /// <summary>Rents uninitialized memory for 32-bit integers, aligned to 64 bytes.</summary>
    public int* RentIntegers(long count) => (int*)RentBytes(count * sizeof(int));

    /// <summary>Takes everything back; what was rented must no longer be used.</summary>
    public void Reset()
    {
        // Before anything that can run out of memory: an arena without chunks is in order.
        current = 0;
        offset = 0;
        used = 0;

        // One chunk as large as all of them: the next update then runs through contiguous memory.
        if (chunks.Count > 1)
        {
            long total = Capacity;
            Release();
            chunks.Add(new NativeBuffer(total));
        }
    }

    public void Dispose() => Release();

    private void Release()
    {
        foreach (NativeBuffer chunk in chunks)
        {
            chunk.Dispose();
        }

        chunks.Clear();
    }

    private byte* RentBytes(long bytes)
    {
        // A pad of one line between blocks keeps equal-sized matrices from sharing cache sets.
        bytes = ((bytes + NativeBuffer.Alignment - 1) / NativeBuffer.Alignment * NativeBuffer.Alignment) + NativeBuffer.Alignment;
        while (current < chunks.Count)
        {
            if (offset + bytes <= chunks[current].Bytes)
            {
                return Take(bytes);
            }

            current++;
            offset = 0;
        }

        chunks.Add(new NativeBuffer(Math.Max(Math.Max(SmallestChunk, bytes), Capacity)));
        offset = 0;
        return Take(bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* Take(long bytes)
    {
        byte* start = (byte*)chunks[current].Floats + offset;
        offset += bytes;
        used += bytes;
        return start;
    }
}
