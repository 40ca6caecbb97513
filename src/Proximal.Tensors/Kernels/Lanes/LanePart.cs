using System.Runtime.CompilerServices;

namespace Proximal.Tensors.Kernels.Lanes;

/// <summary>Lanes of which the last ones may be beyond the end of a row; whole ones take the short way.</summary>
internal static unsafe class LanePart
{
    /// <summary>The first <paramref name="count"/> lanes, or all sixteen where there are more; +0 in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Load<T>(float* source, int count)
        where T : struct, ILanes<T> => count >= ILanes<T>.Width ? T.Load(source) : T.LoadCount(source, count);

    /// <summary>Writes the first <paramref name="count"/> lanes, or all sixteen where there are more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(float* target, T value, int count)
        where T : struct, ILanes<T>
    {
        if (count >= ILanes<T>.Width)
        {
            T.Store(target, value);
        }
        else
        {
            T.StoreCount(target, value, count);
        }
    }

    /// <summary>Writes, or adds to what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put<T>(float* target, T value, int count, bool accumulate)
        where T : struct, ILanes<T> => Store(target, accumulate ? Load<T>(target, count) + value : value, count);
}
