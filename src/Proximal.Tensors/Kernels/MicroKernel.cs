using System.Runtime.CompilerServices;

namespace Proximal.Tensors.Kernels;

/// <summary>
/// The innermost loops of the matrix products: accumulators stay in registers while the inner dimension runs. Each accumulator lane is one
/// chain of multiply-adds, k = 0, 1, ..., so its bits depend on its row, its column and its start only.
/// </summary>
internal static unsafe class MicroKernel<TVector, TRegisters>
    where TVector : struct
    where TRegisters : struct, IRegisters<TVector>
{
    // Far enough ahead in a panel for the third-level cache to answer; hardware prefetchers begin anew with every panel and page.
    private const int PrefetchDistance = 16 * PackedMatrix.PanelColumns;

    /// <summary>Columns of a tile.</summary>
    public static int TileColumns => 2 * TRegisters.Count;

    /// <summary>Columns of a sweep.</summary>
    public static int SweepColumns => 8 * TRegisters.Count;

    /// <summary>C[rows, TileColumns] = start + A·B.</summary>
    /// <param name="rows">1 to MaximumRows.</param>
    /// <param name="depth">The inner dimension.</param>
    /// <param name="a">Packed as [depth, rows].</param>
    /// <param name="b">[depth, bStride], of which the first columns are used.</param>
    /// <param name="bStride">Floats from one row of B to the next.</param>
    /// <param name="start">What the chains start from; zero where null, and C itself to accumulate.</param>
    /// <param name="startStride">Floats from one row of the start to the next; 0 gives all rows the same.</param>
    /// <param name="c">First element of the tile.</param>
    /// <param name="ldc">Floats from one row of C to the next.</param>
    public static void Tile(int rows, int depth, float* a, float* b, int bStride, float* start, nint startStride, float* c, nint ldc)
    {
        switch (rows)
        {
            case 1:
                Tile<RowCounts.One>(depth, a, b, bStride, start, startStride, c, ldc);
                break;
            case 2:
                Tile<RowCounts.Two>(depth, a, b, bStride, start, startStride, c, ldc);
                break;
            case 3:
                Tile<RowCounts.Three>(depth, a, b, bStride, start, startStride, c, ldc);
                break;
            case 4:
                Tile<RowCounts.Four>(depth, a, b, bStride, start, startStride, c, ldc);
                break;
            case 5:
                Tile<RowCounts.Five>(depth, a, b, bStride, start, startStride, c, ldc);
                break;
            case 6:
                Tile<RowCounts.Six>(depth, a, b, bStride, start, startStride, c, ldc);
                break;
            case 7:
                Tile<RowCounts.Seven>(depth, a, b, bStride, start, startStride, c, ldc);
                break;
            case 8:
                Tile<RowCounts.Eight>(depth, a, b, bStride, start, startStride, c, ldc);
                break;
            case 9:
                Tile<RowCounts.Nine>(depth, a, b, bStride, start, startStride, c, ldc);
                break;
            case 10:
                Tile<RowCounts.Ten>(depth, a, b, bStride, start, startStride, c, ldc);
                break;
            case 11:
                Tile<RowCounts.Eleven>(depth, a, b, bStride, start, startStride, c, ldc);
                break;
            case 12:
                Tile<RowCounts.Twelve>(depth, a, b, bStride, start, startStride, c, ldc);
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
    /// <param name="start">What the chains start from; zero where null.</param>
    /// <param name="c">First of SweepColumns elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sweep(int depth, float* a, float* b, nint panelStride, float* start, float* c)
    {
        int width = TRegisters.Count, perPanel = PackedMatrix.PanelColumns / TRegisters.Count;
        float* b0 = b + (0 / perPanel * panelStride) + (0 % perPanel * width);
        float* b1 = b + (1 / perPanel * panelStride) + (1 % perPanel * width);
        float* b2 = b + (2 / perPanel * panelStride) + (2 % perPanel * width);
        float* b3 = b + (3 / perPanel * panelStride) + (3 % perPanel * width);
        float* b4 = b + (4 / perPanel * panelStride) + (4 % perPanel * width);
        float* b5 = b + (5 / perPanel * panelStride) + (5 % perPanel * width);
        float* b6 = b + (6 / perPanel * panelStride) + (6 % perPanel * width);
        float* b7 = b + (7 / perPanel * panelStride) + (7 % perPanel * width);
        TVector c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        if (start != null)
        {
            c0 = TRegisters.Load(start + (0 * width));
            c1 = TRegisters.Load(start + (1 * width));
            c2 = TRegisters.Load(start + (2 * width));
            c3 = TRegisters.Load(start + (3 * width));
            c4 = TRegisters.Load(start + (4 * width));
            c5 = TRegisters.Load(start + (5 * width));
            c6 = TRegisters.Load(start + (6 * width));
            c7 = TRegisters.Load(start + (7 * width));
        }

        for (nint offset = 0, end = (nint)depth * PackedMatrix.PanelColumns; offset < end; offset += PackedMatrix.PanelColumns)
        {
            TVector x = TRegisters.Broadcast(a++);
            c0 = TRegisters.MultiplyAdd(x, TRegisters.Load(b0 + offset), c0);
            c1 = TRegisters.MultiplyAdd(x, TRegisters.Load(b1 + offset), c1);
            c2 = TRegisters.MultiplyAdd(x, TRegisters.Load(b2 + offset), c2);
            c3 = TRegisters.MultiplyAdd(x, TRegisters.Load(b3 + offset), c3);
            c4 = TRegisters.MultiplyAdd(x, TRegisters.Load(b4 + offset), c4);
            c5 = TRegisters.MultiplyAdd(x, TRegisters.Load(b5 + offset), c5);
            c6 = TRegisters.MultiplyAdd(x, TRegisters.Load(b6 + offset), c6);
            c7 = TRegisters.MultiplyAdd(x, TRegisters.Load(b7 + offset), c7);
        }

        TRegisters.Store(c0, c + (0 * width));
        TRegisters.Store(c1, c + (1 * width));
        TRegisters.Store(c2, c + (2 * width));
        TRegisters.Store(c3, c + (3 * width));
        TRegisters.Store(c4, c + (4 * width));
        TRegisters.Store(c5, c + (5 * width));
        TRegisters.Store(c6, c + (6 * width));
        TRegisters.Store(c7, c + (7 * width));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TRows>(int depth, float* a, float* b, int bStride, float* start, nint startStride, float* c, nint ldc)
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
        if (start != null)
        {
            l0 = TRegisters.Load(start);
            r0 = TRegisters.Load(start + TRegisters.Count);

            if (TRows.Count > 1)
            {
                l1 = TRegisters.Load(start + (1 * startStride));
                r1 = TRegisters.Load(start + (1 * startStride) + TRegisters.Count);
            }

            if (TRows.Count > 2)
            {
                l2 = TRegisters.Load(start + (2 * startStride));
                r2 = TRegisters.Load(start + (2 * startStride) + TRegisters.Count);
            }

            if (TRows.Count > 3)
            {
                l3 = TRegisters.Load(start + (3 * startStride));
                r3 = TRegisters.Load(start + (3 * startStride) + TRegisters.Count);
            }

            if (TRows.Count > 4)
            {
                l4 = TRegisters.Load(start + (4 * startStride));
                r4 = TRegisters.Load(start + (4 * startStride) + TRegisters.Count);
            }

            if (TRows.Count > 5)
            {
                l5 = TRegisters.Load(start + (5 * startStride));
                r5 = TRegisters.Load(start + (5 * startStride) + TRegisters.Count);
            }

            if (TRows.Count > 6)
            {
                l6 = TRegisters.Load(start + (6 * startStride));
                r6 = TRegisters.Load(start + (6 * startStride) + TRegisters.Count);
            }

            if (TRows.Count > 7)
            {
                l7 = TRegisters.Load(start + (7 * startStride));
                r7 = TRegisters.Load(start + (7 * startStride) + TRegisters.Count);
            }

            if (TRows.Count > 8)
            {
                l8 = TRegisters.Load(start + (8 * startStride));
                r8 = TRegisters.Load(start + (8 * startStride) + TRegisters.Count);
            }

            if (TRows.Count > 9)
            {
                l9 = TRegisters.Load(start + (9 * startStride));
                r9 = TRegisters.Load(start + (9 * startStride) + TRegisters.Count);
            }

            if (TRows.Count > 10)
            {
                l10 = TRegisters.Load(start + (10 * startStride));
                r10 = TRegisters.Load(start + (10 * startStride) + TRegisters.Count);
            }

            if (TRows.Count > 11)
            {
                l11 = TRegisters.Load(start + (11 * startStride));
                r11 = TRegisters.Load(start + (11 * startStride) + TRegisters.Count);
            }
        }

        for (; depth > 0; depth--)
        {
            TRegisters.Prefetch(b + PrefetchDistance);
            TRegisters.Prefetch(b + PrefetchDistance + TRegisters.Count);
            TVector left = TRegisters.Load(b), right = TRegisters.Load(b + TRegisters.Count), x = TRegisters.Broadcast(a);
            l0 = TRegisters.MultiplyAdd(x, left, l0);
            r0 = TRegisters.MultiplyAdd(x, right, r0);

            if (TRows.Count > 1)
            {
                x = TRegisters.Broadcast(a + 1);
                l1 = TRegisters.MultiplyAdd(x, left, l1);
                r1 = TRegisters.MultiplyAdd(x, right, r1);
            }

            if (TRows.Count > 2)
            {
                x = TRegisters.Broadcast(a + 2);
                l2 = TRegisters.MultiplyAdd(x, left, l2);
                r2 = TRegisters.MultiplyAdd(x, right, r2);
            }

            if (TRows.Count > 3)
            {
                x = TRegisters.Broadcast(a + 3);
                l3 = TRegisters.MultiplyAdd(x, left, l3);
                r3 = TRegisters.MultiplyAdd(x, right, r3);
            }

            if (TRows.Count > 4)
            {
                x = TRegisters.Broadcast(a + 4);
                l4 = TRegisters.MultiplyAdd(x, left, l4);
                r4 = TRegisters.MultiplyAdd(x, right, r4);
            }

            if (TRows.Count > 5)
            {
                x = TRegisters.Broadcast(a + 5);
                l5 = TRegisters.MultiplyAdd(x, left, l5);
                r5 = TRegisters.MultiplyAdd(x, right, r5);
            }

            if (TRows.Count > 6)
            {
                x = TRegisters.Broadcast(a + 6);
                l6 = TRegisters.MultiplyAdd(x, left, l6);
                r6 = TRegisters.MultiplyAdd(x, right, r6);
            }

            if (TRows.Count > 7)
            {
                x = TRegisters.Broadcast(a + 7);
                l7 = TRegisters.MultiplyAdd(x, left, l7);
                r7 = TRegisters.MultiplyAdd(x, right, r7);
            }

            if (TRows.Count > 8)
            {
                x = TRegisters.Broadcast(a + 8);
                l8 = TRegisters.MultiplyAdd(x, left, l8);
                r8 = TRegisters.MultiplyAdd(x, right, r8);
            }

            if (TRows.Count > 9)
            {
                x = TRegisters.Broadcast(a + 9);
                l9 = TRegisters.MultiplyAdd(x, left, l9);
                r9 = TRegisters.MultiplyAdd(x, right, r9);
            }

            if (TRows.Count > 10)
            {
                x = TRegisters.Broadcast(a + 10);
                l10 = TRegisters.MultiplyAdd(x, left, l10);
                r10 = TRegisters.MultiplyAdd(x, right, r10);
            }

            if (TRows.Count > 11)
            {
                x = TRegisters.Broadcast(a + 11);
                l11 = TRegisters.MultiplyAdd(x, left, l11);
                r11 = TRegisters.MultiplyAdd(x, right, r11);
            }

            a += TRows.Count;
            b += bStride;
        }

        TRegisters.Store(l0, c);
        TRegisters.Store(r0, c + TRegisters.Count);

        if (TRows.Count > 1)
        {
            TRegisters.Store(l1, c + (1 * ldc));
            TRegisters.Store(r1, c + (1 * ldc) + TRegisters.Count);
        }

        if (TRows.Count > 2)
        {
            TRegisters.Store(l2, c + (2 * ldc));
            TRegisters.Store(r2, c + (2 * ldc) + TRegisters.Count);
        }

        if (TRows.Count > 3)
        {
            TRegisters.Store(l3, c + (3 * ldc));
            TRegisters.Store(r3, c + (3 * ldc) + TRegisters.Count);
        }

        if (TRows.Count > 4)
        {
            TRegisters.Store(l4, c + (4 * ldc));
            TRegisters.Store(r4, c + (4 * ldc) + TRegisters.Count);
        }

        if (TRows.Count > 5)
        {
            TRegisters.Store(l5, c + (5 * ldc));
            TRegisters.Store(r5, c + (5 * ldc) + TRegisters.Count);
        }

        if (TRows.Count > 6)
        {
            TRegisters.Store(l6, c + (6 * ldc));
            TRegisters.Store(r6, c + (6 * ldc) + TRegisters.Count);
        }

        if (TRows.Count > 7)
        {
            TRegisters.Store(l7, c + (7 * ldc));
            TRegisters.Store(r7, c + (7 * ldc) + TRegisters.Count);
        }

        if (TRows.Count > 8)
        {
            TRegisters.Store(l8, c + (8 * ldc));
            TRegisters.Store(r8, c + (8 * ldc) + TRegisters.Count);
        }

        if (TRows.Count > 9)
        {
            TRegisters.Store(l9, c + (9 * ldc));
            TRegisters.Store(r9, c + (9 * ldc) + TRegisters.Count);
        }

        if (TRows.Count > 10)
        {
            TRegisters.Store(l10, c + (10 * ldc));
            TRegisters.Store(r10, c + (10 * ldc) + TRegisters.Count);
        }

        if (TRows.Count > 11)
        {
            TRegisters.Store(l11, c + (11 * ldc));
            TRegisters.Store(r11, c + (11 * ldc) + TRegisters.Count);
        }
    }
}
