using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Proximal.Tensors.Kernels.Lanes;

/// <summary>Moves between rows in memory and lanes: row i of a matrix is lane i.</summary>
internal static unsafe class LaneTranspose
{
    private const int Width = ILanes<Lanes128>.Width;

    /// <summary>lanes[d][i] = rows[i][d], with +0 in lanes that have no row.</summary>
    /// <param name="count">Number of rows, at most 16.</param>
    /// <param name="columns">Number of d.</param>
    /// <param name="rows">First row.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="lanes">[columns, 16]</param>
    public static void ToLanes(int count, int columns, float* rows, nint stride, float* lanes)
    {
        if (count < Width)
        {
            NativeMemory.Clear(lanes, (nuint)columns * Width * sizeof(float));
        }

        int i = 0;
        for (; i <= count - 4; i += 4)
        {
            float* row = rows + (i * stride);
            float* lane = lanes + i;
            int d = 0;
            for (; d <= columns - 4; d += 4, lane += 4 * Width)
            {
                Transpose(
                    Vector128.Load(row + d),
                    Vector128.Load(row + stride + d),
                    Vector128.Load(row + (2 * stride) + d),
                    Vector128.Load(row + (3 * stride) + d),
                    out Vector128<float> d0,
                    out Vector128<float> d1,
                    out Vector128<float> d2,
                    out Vector128<float> d3);
                d0.Store(lane);
                d1.Store(lane + Width);
                d2.Store(lane + (2 * Width));
                d3.Store(lane + (3 * Width));
            }

            for (; d < columns; d++, lane += Width)
            {
                Vector128.Create(row[d], row[stride + d], row[(2 * stride) + d], row[(3 * stride) + d]).Store(lane);
            }
        }

        for (; i < count; i++)
        {
            for (int d = 0; d < columns; d++)
            {
                lanes[(d * Width) + i] = rows[(i * stride) + d];
            }
        }
    }

    /// <summary>rows[i][d] = (accumulate ? rows[i][d] : 0) + lanes[d][i].</summary>
    public static void FromLanes(int count, int columns, float* lanes, float* rows, nint stride, bool accumulate)
    {
        int i = 0;
        for (; i <= count - 4; i += 4)
        {
            float* row = rows + (i * stride);
            float* lane = lanes + i;
            int d = 0;
            for (; d <= columns - 4; d += 4, lane += 4 * Width)
            {
                Transpose(
                    Vector128.Load(lane),
                    Vector128.Load(lane + Width),
                    Vector128.Load(lane + (2 * Width)),
                    Vector128.Load(lane + (3 * Width)),
                    out Vector128<float> r0,
                    out Vector128<float> r1,
                    out Vector128<float> r2,
                    out Vector128<float> r3);
                Put(row + d, r0, accumulate);
                Put(row + stride + d, r1, accumulate);
                Put(row + (2 * stride) + d, r2, accumulate);
                Put(row + (3 * stride) + d, r3, accumulate);
            }

            for (; d < columns; d++)
            {
                for (int j = 0; j < 4; j++)
                {
                    Put(row + (j * stride) + d, lanes[(d * Width) + i + j], accumulate);
                }
            }
        }

        for (; i < count; i++)
        {
            for (int d = 0; d < columns; d++)
            {
                Put(rows + (i * stride) + d, lanes[(d * Width) + i], accumulate);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(float* target, Vector128<float> value, bool accumulate) =>
        (accumulate ? Vector128.Load(target) + value : value).Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(float* target, float value, bool accumulate) => *target = accumulate ? *target + value : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        Vector128<float> a,
        Vector128<float> b,
        Vector128<float> c,
        Vector128<float> d,
        out Vector128<float> first,
        out Vector128<float> second,
        out Vector128<float> third,
        out Vector128<float> fourth)
    {
        Vector128<float> lowAb = ZipLow(a, b), lowCd = ZipLow(c, d), highAb = ZipHigh(a, b), highCd = ZipHigh(c, d);
        first = Vector128.Create(lowAb.GetLower(), lowCd.GetLower());
        second = Vector128.Create(lowAb.GetUpper(), lowCd.GetUpper());
        third = Vector128.Create(highAb.GetLower(), highCd.GetLower());
        fourth = Vector128.Create(highAb.GetUpper(), highCd.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackLow(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(left, right)
        : Vector128.Create(left[0], right[0], left[1], right[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackHigh(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(left, right)
        : Vector128.Create(left[2], right[2], left[3], right[3]);
}
