using System.Runtime.CompilerServices;

namespace Proximal.Tensors.Kernels;

/// <summary>
/// The innermost loops of the matrix products: accumulators stay in registers while the inner dimension runs. Each accumulator lane is one
/// chain of multiply-adds, k = 0, 1, ..., so its bits depend on its row, its column and its start only.
/// </summary>
internal static unsafe class MicroKernel<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    /// <summary>Columns of a tile.</summary>
    public static int TileColumns => 2 * TLanes.Count;

    /// <summary>Columns of a sweep.</summary>
    public static int SweepColumns => 8 * TLanes.Count;

    /// <summary>C[rows, TileColumns] = (accumulate ? C : 0) + A·B.</summary>
    /// <param name="rows">1 to MaximumRows.</param>
    /// <param name="depth">The inner dimension.</param>
    /// <param name="a">Packed as [depth, rows].</param>
    /// <param name="b">[depth, bStride], of which the first columns are used.</param>
    /// <param name="bStride">Floats from one row of B to the next.</param>
    /// <param name="c">First element of the tile.</param>
    /// <param name="ldc">Floats from one row of C to the next.</param>
    /// <param name="accumulate">Whether the chains start from C instead of zero.</param>
    public static void Tile(int rows, int depth, float* a, float* b, int bStride, float* c, int ldc, bool accumulate)
    {
        switch (rows)
        {
            case 1:
                Tile<RowCounts.One>(depth, a, b, bStride, c, ldc, accumulate);
                break;
            case 2:
                Tile<RowCounts.Two>(depth, a, b, bStride, c, ldc, accumulate);
                break;
            case 3:
                Tile<RowCounts.Three>(depth, a, b, bStride, c, ldc, accumulate);
                break;
            case 4:
                Tile<RowCounts.Four>(depth, a, b, bStride, c, ldc, accumulate);
                break;
            case 5:
                Tile<RowCounts.Five>(depth, a, b, bStride, c, ldc, accumulate);
                break;
            case 6:
                Tile<RowCounts.Six>(depth, a, b, bStride, c, ldc, accumulate);
                break;
            case 7:
                Tile<RowCounts.Seven>(depth, a, b, bStride, c, ldc, accumulate);
                break;
            case 8:
                Tile<RowCounts.Eight>(depth, a, b, bStride, c, ldc, accumulate);
                break;
            case 9:
                Tile<RowCounts.Nine>(depth, a, b, bStride, c, ldc, accumulate);
                break;
            case 10:
                Tile<RowCounts.Ten>(depth, a, b, bStride, c, ldc, accumulate);
                break;
            case 11:
                Tile<RowCounts.Eleven>(depth, a, b, bStride, c, ldc, accumulate);
                break;
            case 12:
                Tile<RowCounts.Twelve>(depth, a, b, bStride, c, ldc, accumulate);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(rows));
        }
    }

    /// <summary>
    /// One row against eight vectors of columns, for which the panels of B are read side by side: enough independent chains to hide the
    /// latency of the multiply-add.
    /// </summary>
    /// <param name="depth">The inner dimension.</param>
    /// <param name="a">The row.</param>
    /// <param name="b">First of the panels.</param>
    /// <param name="panelStride">Floats from one panel to the next.</param>
    /// <param name="c">First of SweepColumns elements.</param>
    /// <param name="accumulate">Whether the chains start from C instead of zero.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sweep(int depth, float* a, float* b, nint panelStride, float* c, bool accumulate)
    {
        int width = TLanes.Count, perPanel = PackedMatrix.PanelColumns / TLanes.Count;
        float* b0 = b + (0 / perPanel * panelStride) + (0 % perPanel * width);
        float* b1 = b + (1 / perPanel * panelStride) + (1 % perPanel * width);
        float* b2 = b + (2 / perPanel * panelStride) + (2 % perPanel * width);
        float* b3 = b + (3 / perPanel * panelStride) + (3 % perPanel * width);
        float* b4 = b + (4 / perPanel * panelStride) + (4 % perPanel * width);
        float* b5 = b + (5 / perPanel * panelStride) + (5 % perPanel * width);
        float* b6 = b + (6 / perPanel * panelStride) + (6 % perPanel * width);
        float* b7 = b + (7 / perPanel * panelStride) + (7 % perPanel * width);
        TVector c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        if (accumulate)
        {
            c0 = TLanes.Load(c + (0 * width));
            c1 = TLanes.Load(c + (1 * width));
            c2 = TLanes.Load(c + (2 * width));
            c3 = TLanes.Load(c + (3 * width));
            c4 = TLanes.Load(c + (4 * width));
            c5 = TLanes.Load(c + (5 * width));
            c6 = TLanes.Load(c + (6 * width));
            c7 = TLanes.Load(c + (7 * width));
        }

        for (nint offset = 0, end = (nint)depth * PackedMatrix.PanelColumns; offset < end; offset += PackedMatrix.PanelColumns)
        {
            TVector x = TLanes.Broadcast(a++);
            c0 = TLanes.MultiplyAdd(x, TLanes.Load(b0 + offset), c0);
            c1 = TLanes.MultiplyAdd(x, TLanes.Load(b1 + offset), c1);
            c2 = TLanes.MultiplyAdd(x, TLanes.Load(b2 + offset), c2);
            c3 = TLanes.MultiplyAdd(x, TLanes.Load(b3 + offset), c3);
            c4 = TLanes.MultiplyAdd(x, TLanes.Load(b4 + offset), c4);
            c5 = TLanes.MultiplyAdd(x, TLanes.Load(b5 + offset), c5);
            c6 = TLanes.MultiplyAdd(x, TLanes.Load(b6 + offset), c6);
            c7 = TLanes.MultiplyAdd(x, TLanes.Load(b7 + offset), c7);
        }

        TLanes.Store(c0, c + (0 * width));
        TLanes.Store(c1, c + (1 * width));
        TLanes.Store(c2, c + (2 * width));
        TLanes.Store(c3, c + (3 * width));
        TLanes.Store(c4, c + (4 * width));
        TLanes.Store(c5, c + (5 * width));
        TLanes.Store(c6, c + (6 * width));
        TLanes.Store(c7, c + (7 * width));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TRows>(int depth, float* a, float* b, int bStride, float* c, int ldc, bool accumulate)
        where TRows : struct, IRowCount
    {
        TVector l0 = default, r0 = default;
        TVector l1 = default, r1 = default;
        TVector l2 = default, r2 = default;
        TVector l3 = default, r3 = default;
        TVector l4 = default, r4 = default;
        TVector l5 = default, r5 = default;
        TVector l6 = default, r6 = default;
        TVector l7 = default, r7 = default;
        TVector l8 = default, r8 = default;
        TVector l9 = default, r9 = default;
        TVector l10 = default, r10 = default;
        TVector l11 = default, r11 = default;
        nint stride = ldc;
        if (accumulate)
        {
            l0 = TLanes.Load(c);
            r0 = TLanes.Load(c + TLanes.Count);

            if (TRows.Count > 1)
            {
                l1 = TLanes.Load(c + (1 * stride));
                r1 = TLanes.Load(c + (1 * stride) + TLanes.Count);
            }

            if (TRows.Count > 2)
            {
                l2 = TLanes.Load(c + (2 * stride));
                r2 = TLanes.Load(c + (2 * stride) + TLanes.Count);
            }

            if (TRows.Count > 3)
            {
                l3 = TLanes.Load(c + (3 * stride));
                r3 = TLanes.Load(c + (3 * stride) + TLanes.Count);
            }

            if (TRows.Count > 4)
            {
                l4 = TLanes.Load(c + (4 * stride));
                r4 = TLanes.Load(c + (4 * stride) + TLanes.Count);
            }

            if (TRows.Count > 5)
            {
                l5 = TLanes.Load(c + (5 * stride));
                r5 = TLanes.Load(c + (5 * stride) + TLanes.Count);
            }

            if (TRows.Count > 6)
            {
                l6 = TLanes.Load(c + (6 * stride));
                r6 = TLanes.Load(c + (6 * stride) + TLanes.Count);
            }

            if (TRows.Count > 7)
            {
                l7 = TLanes.Load(c + (7 * stride));
                r7 = TLanes.Load(c + (7 * stride) + TLanes.Count);
            }

            if (TRows.Count > 8)
            {
                l8 = TLanes.Load(c + (8 * stride));
                r8 = TLanes.Load(c + (8 * stride) + TLanes.Count);
            }

            if (TRows.Count > 9)
            {
                l9 = TLanes.Load(c + (9 * stride));
                r9 = TLanes.Load(c + (9 * stride) + TLanes.Count);
            }

            if (TRows.Count > 10)
            {
                l10 = TLanes.Load(c + (10 * stride));
                r10 = TLanes.Load(c + (10 * stride) + TLanes.Count);
            }

            if (TRows.Count > 11)
            {
                l11 = TLanes.Load(c + (11 * stride));
                r11 = TLanes.Load(c + (11 * stride) + TLanes.Count);
            }
        }

        for (; depth > 0; depth--)
        {
            TVector left = TLanes.Load(b), right = TLanes.Load(b + TLanes.Count), x = TLanes.Broadcast(a);
            l0 = TLanes.MultiplyAdd(x, left, l0);
            r0 = TLanes.MultiplyAdd(x, right, r0);

            if (TRows.Count > 1)
            {
                x = TLanes.Broadcast(a + 1);
                l1 = TLanes.MultiplyAdd(x, left, l1);
                r1 = TLanes.MultiplyAdd(x, right, r1);
            }

            if (TRows.Count > 2)
            {
                x = TLanes.Broadcast(a + 2);
                l2 = TLanes.MultiplyAdd(x, left, l2);
                r2 = TLanes.MultiplyAdd(x, right, r2);
            }

            if (TRows.Count > 3)
            {
                x = TLanes.Broadcast(a + 3);
                l3 = TLanes.MultiplyAdd(x, left, l3);
                r3 = TLanes.MultiplyAdd(x, right, r3);
            }

            if (TRows.Count > 4)
            {
                x = TLanes.Broadcast(a + 4);
                l4 = TLanes.MultiplyAdd(x, left, l4);
                r4 = TLanes.MultiplyAdd(x, right, r4);
            }

            if (TRows.Count > 5)
            {
                x = TLanes.Broadcast(a + 5);
                l5 = TLanes.MultiplyAdd(x, left, l5);
                r5 = TLanes.MultiplyAdd(x, right, r5);
            }

            if (TRows.Count > 6)
            {
                x = TLanes.Broadcast(a + 6);
                l6 = TLanes.MultiplyAdd(x, left, l6);
                r6 = TLanes.MultiplyAdd(x, right, r6);
            }

            if (TRows.Count > 7)
            {
                x = TLanes.Broadcast(a + 7);
                l7 = TLanes.MultiplyAdd(x, left, l7);
                r7 = TLanes.MultiplyAdd(x, right, r7);
            }

            if (TRows.Count > 8)
            {
                x = TLanes.Broadcast(a + 8);
                l8 = TLanes.MultiplyAdd(x, left, l8);
                r8 = TLanes.MultiplyAdd(x, right, r8);
            }

            if (TRows.Count > 9)
            {
                x = TLanes.Broadcast(a + 9);
                l9 = TLanes.MultiplyAdd(x, left, l9);
                r9 = TLanes.MultiplyAdd(x, right, r9);
            }

            if (TRows.Count > 10)
            {
                x = TLanes.Broadcast(a + 10);
                l10 = TLanes.MultiplyAdd(x, left, l10);
                r10 = TLanes.MultiplyAdd(x, right, r10);
            }

            if (TRows.Count > 11)
            {
                x = TLanes.Broadcast(a + 11);
                l11 = TLanes.MultiplyAdd(x, left, l11);
                r11 = TLanes.MultiplyAdd(x, right, r11);
            }

            a += TRows.Count;
            b += bStride;
        }

        TLanes.Store(l0, c);
        TLanes.Store(r0, c + TLanes.Count);

        if (TRows.Count > 1)
        {
            TLanes.Store(l1, c + (1 * stride));
            TLanes.Store(r1, c + (1 * stride) + TLanes.Count);
        }

        if (TRows.Count > 2)
        {
            TLanes.Store(l2, c + (2 * stride));
            TLanes.Store(r2, c + (2 * stride) + TLanes.Count);
        }

        if (TRows.Count > 3)
        {
            TLanes.Store(l3, c + (3 * stride));
            TLanes.Store(r3, c + (3 * stride) + TLanes.Count);
        }

        if (TRows.Count > 4)
        {
            TLanes.Store(l4, c + (4 * stride));
            TLanes.Store(r4, c + (4 * stride) + TLanes.Count);
        }

        if (TRows.Count > 5)
        {
            TLanes.Store(l5, c + (5 * stride));
            TLanes.Store(r5, c + (5 * stride) + TLanes.Count);
        }

        if (TRows.Count > 6)
        {
            TLanes.Store(l6, c + (6 * stride));
            TLanes.Store(r6, c + (6 * stride) + TLanes.Count);
        }

        if (TRows.Count > 7)
        {
            TLanes.Store(l7, c + (7 * stride));
            TLanes.Store(r7, c + (7 * stride) + TLanes.Count);
        }

        if (TRows.Count > 8)
        {
            TLanes.Store(l8, c + (8 * stride));
            TLanes.Store(r8, c + (8 * stride) + TLanes.Count);
        }

        if (TRows.Count > 9)
        {
            TLanes.Store(l9, c + (9 * stride));
            TLanes.Store(r9, c + (9 * stride) + TLanes.Count);
        }

        if (TRows.Count > 10)
        {
            TLanes.Store(l10, c + (10 * stride));
            TLanes.Store(r10, c + (10 * stride) + TLanes.Count);
        }

        if (TRows.Count > 11)
        {
            TLanes.Store(l11, c + (11 * stride));
            TLanes.Store(r11, c + (11 * stride) + TLanes.Count);
        }
    }
}
