using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Proximal.Tensors.Kernels.Lanes;

/// <summary>Masks over a run of lanes.</summary>
internal static unsafe class LaneMasks
{
    private static ReadOnlySpan<int> Bits =>
    [
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    ];

    /// <summary>Lanes 0 up to but not including <paramref name="count"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Before<T>(int count)
        where T : struct, ILanes<T> => T.Load(Pointer + 16 - count);

    /// <summary>Lanes from <paramref name="lane"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T From<T>(int lane)
        where T : struct, ILanes<T> => T.Load(Pointer + 32 - lane);

    /// <summary>Sixteen set lanes, sixteen clear ones, sixteen set ones. Constant data of the assembly never moves.</summary>
    internal static float* Pointer
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Bits));
    }
}
