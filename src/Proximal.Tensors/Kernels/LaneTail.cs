using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

/// <summary>Rows whose length is not a multiple of sixteen: the same lanes, the missing ones filled up.</summary>
internal static unsafe class LaneTail
{
    private const int Set = -1;

    private static ReadOnlySpan<int> Masks =>
    [
        Set, Set, Set, Set, Set, Set, Set, Set, Set, Set, Set, Set, Set, Set, Set, Set,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>The first <paramref name="count"/> (0..16) lanes from memory, a value in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Load<T>(float* source, int count, float others)
        where T : struct, ILanes<T>
    {
        // The masks are constant data of the assembly, which never moves.
        float* mask = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Masks)) + 16 - count;
        return T.Select(T.Load(mask), T.LoadCount(source, count), T.Broadcast(others));
    }

    /// <summary>The function of one number that lanes compute.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Scalar<T>(T lanes)
        where T : struct, ILanes<T>
    {
        float value;
        T.StoreCount(&value, lanes, 1);
        return value;
    }
}
