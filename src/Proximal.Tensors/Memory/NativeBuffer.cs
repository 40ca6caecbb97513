using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Proximal.Tensors.Memory;

/// <summary>A block of 64-byte aligned memory outside the garbage-collected heap, freed with its owner. New memory is zeroed.</summary>
internal sealed unsafe class NativeBuffer : IDisposable
{
    /// <summary>Cache line and widest vector of the processors that the kernels know.</summary>
    public const int Alignment = 64;

    private void* pointer;

    public NativeBuffer(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Bytes = (Math.Max(bytes, 1) + Alignment - 1) / Alignment * Alignment;
        pointer = NativeMemory.AlignedAlloc((nuint)Bytes, Alignment);
        NativeMemory.Clear(pointer, (nuint)Bytes);
        GC.AddMemoryPressure(Bytes);
    }

    ~NativeBuffer() => Free();

    public long Bytes { get; }

    public float* Floats
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => pointer == null ? throw new ObjectDisposedException(nameof(NativeBuffer)) : (float*)pointer;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (pointer != null)
        {
            NativeMemory.AlignedFree(pointer);
            pointer = null;
            GC.RemoveMemoryPressure(Bytes);
        }
    }
}
