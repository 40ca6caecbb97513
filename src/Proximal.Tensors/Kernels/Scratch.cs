using Proximal.Tensors.Memory;

namespace Proximal.Tensors.Kernels;

/// <summary>Memory of the calling thread for packed operands and tiles. It only grows, so that a warm thread allocates nothing.</summary>
internal static unsafe class Scratch
{
    [ThreadStatic]
    private static NativeBuffer? leftBlock;

    [ThreadStatic]
    private static NativeBuffer? leftWhole;

    [ThreadStatic]
    private static NativeBuffer? right;

    [ThreadStatic]
    private static NativeBuffer? attention;

    /// <summary>Scores and packed heads of one unit of attention.</summary>
    public static float* Attention(long count) => Grow(ref attention, count);

    /// <summary>A block of A that this thread alone reads.</summary>
    public static float* LeftBlock(long count) => Grow(ref leftBlock, count);

    /// <summary>All rows of A, packed by the caller and read by every worker.</summary>
    public static float* LeftWhole(long count) => Grow(ref leftWhole, count);

    /// <summary>Panels of B, read by every worker.</summary>
    public static float* Right(long count) => Grow(ref right, count);

    private static float* Grow(ref NativeBuffer? buffer, long count)
    {
        long bytes = count * sizeof(float);
        if (buffer is null || buffer.Bytes < bytes)
        {
            buffer?.Dispose();
            buffer = new NativeBuffer(bytes + (bytes / 4));
        }

        return buffer.Floats;
    }
}
