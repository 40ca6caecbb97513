namespace Proximal.Tensors.Kernels.Lanes;

/// <summary>
/// Small products with sixteen columns of lanes: <c>C[n][lane] = (accumulate ? C : 0) + Σ_k A[k][lane] · b[n, k]</c>. Every element is one chain of
/// multiply-adds over k = 0, 1, ...; several n are in flight to hide the latency of the chains. Attention is made of these.
/// </summary>
internal static unsafe class LaneProduct<T>
    where T : struct, ILanes<T>
{
    /// <summary>Computes all n.</summary>
    /// <param name="count">Number of n.</param>
    /// <param name="depth">Number of k.</param>
    /// <param name="a">A, sixteen lanes for each k.</param>
    /// <param name="aStride">Floats from one k of A to the next.</param>
    /// <param name="b">b[0, 0].</param>
    /// <param name="bColumn">Floats from one n of b to the next.</param>
    /// <param name="bDepth">Floats from one k of b to the next.</param>
    /// <param name="c">C, sixteen lanes for each n.</param>
    /// <param name="cStride">Floats from one n of C to the next.</param>
    /// <param name="accumulate">Whether the chains start from C.</param>
    public static void Run(
        int count, int depth, float* a, nint aStride, float* b, nint bColumn, nint bDepth, float* c, nint cStride, bool accumulate)
    {
        int n = 0;

        // As many chains as the registers hold: 32 of them with 512 bits, 16 with less that two or four make a lane set of.
        if (typeof(T) == typeof(Lanes512))
        {
            for (; n <= count - 8; n += 8)
            {
                Tile8(depth, a, aStride, b + (n * bColumn), bColumn, bDepth, c + (n * cStride), cStride, accumulate);
            }
        }

        for (; n <= count - 4; n += 4)
        {
            Tile4(depth, a, aStride, b + (n * bColumn), bColumn, bDepth, c + (n * cStride), cStride, accumulate);
        }

        for (; n < count; n++)
        {
            Tile1(depth, a, aStride, b + (n * bColumn), bDepth, c + (n * cStride), accumulate);
        }
    }

    /// <summary>
    /// The same from C, where step k reaches only the lanes from k on: the others keep what they have, whatever A and b hold.
    /// </summary>
    public static void AddLowerTriangle(int count, int depth, float* a, nint aStride, float* b, nint bColumn, nint bDepth, float* c, nint cStride)
    {
        int n = 0;
        for (; n <= count - 4; n += 4)
        {
            float* column = b + (n * bColumn);
            float* target = c + (n * cStride);
            T c0 = T.Load(target), c1 = T.Load(target + cStride), c2 = T.Load(target + (2 * cStride)), c3 = T.Load(target + (3 * cStride));
            for (int k = 0; k < depth; k++)
            {
                T left = T.Load(a + (k * aStride)), mask = LaneMasks.From<T>(k);
                c0 = T.Select(mask, T.MultiplyAdd(left, T.Broadcast(*column), c0), c0);
                c1 = T.Select(mask, T.MultiplyAdd(left, T.Broadcast(column[bColumn]), c1), c1);
                c2 = T.Select(mask, T.MultiplyAdd(left, T.Broadcast(column[2 * bColumn]), c2), c2);
                c3 = T.Select(mask, T.MultiplyAdd(left, T.Broadcast(column[3 * bColumn]), c3), c3);
                column += bDepth;
            }

            T.Store(target, c0);
            T.Store(target + cStride, c1);
            T.Store(target + (2 * cStride), c2);
            T.Store(target + (3 * cStride), c3);
        }

        for (; n < count; n++)
        {
            float* column = b + (n * bColumn);
            T sum = T.Load(c + (n * cStride));
            for (int k = 0; k < depth; k++)
            {
                sum = T.Select(LaneMasks.From<T>(k), T.MultiplyAdd(T.Load(a + (k * aStride)), T.Broadcast(column[k * bDepth]), sum), sum);
            }

            T.Store(c + (n * cStride), sum);
        }
    }

    private static void Tile8(int depth, float* a, nint aStride, float* b, nint bColumn, nint bDepth, float* c, nint cStride, bool accumulate)
    {
        nint column2 = 2 * bColumn;
        nint column3 = 3 * bColumn;
        nint column4 = 4 * bColumn;
        nint column5 = 5 * bColumn;
        nint column6 = 6 * bColumn;
        nint column7 = 7 * bColumn;
        T c0 = T.Zero, c1 = T.Zero, c2 = T.Zero, c3 = T.Zero, c4 = T.Zero, c5 = T.Zero, c6 = T.Zero, c7 = T.Zero;
        if (accumulate)
        {
            c0 = T.Load(c);
            c1 = T.Load(c + cStride);
            c2 = T.Load(c + (2 * cStride));
            c3 = T.Load(c + (3 * cStride));
            c4 = T.Load(c + (4 * cStride));
            c5 = T.Load(c + (5 * cStride));
            c6 = T.Load(c + (6 * cStride));
            c7 = T.Load(c + (7 * cStride));
        }

        for (int k = 0; k < depth; k++)
        {
            T left = T.Load(a);
            c0 = T.MultiplyAdd(left, T.Broadcast(*b), c0);
            c1 = T.MultiplyAdd(left, T.Broadcast(b[bColumn]), c1);
            c2 = T.MultiplyAdd(left, T.Broadcast(b[column2]), c2);
            c3 = T.MultiplyAdd(left, T.Broadcast(b[column3]), c3);
            c4 = T.MultiplyAdd(left, T.Broadcast(b[column4]), c4);
            c5 = T.MultiplyAdd(left, T.Broadcast(b[column5]), c5);
            c6 = T.MultiplyAdd(left, T.Broadcast(b[column6]), c6);
            c7 = T.MultiplyAdd(left, T.Broadcast(b[column7]), c7);
            a += aStride;
            b += bDepth;
        }

        T.Store(c, c0);
        T.Store(c + cStride, c1);
        T.Store(c + (2 * cStride), c2);
        T.Store(c + (3 * cStride), c3);
        T.Store(c + (4 * cStride), c4);
        T.Store(c + (5 * cStride), c5);
        T.Store(c + (6 * cStride), c6);
        T.Store(c + (7 * cStride), c7);
    }

    private static void Tile4(int depth, float* a, nint aStride, float* b, nint bColumn, nint bDepth, float* c, nint cStride, bool accumulate)
    {
        nint column2 = 2 * bColumn;
        nint column3 = 3 * bColumn;
        T c0 = T.Zero, c1 = T.Zero, c2 = T.Zero, c3 = T.Zero;
        if (accumulate)
        {
            c0 = T.Load(c);
            c1 = T.Load(c + cStride);
            c2 = T.Load(c + (2 * cStride));
            c3 = T.Load(c + (3 * cStride));
        }

        for (int k = 0; k < depth; k++)
        {
            T left = T.Load(a);
            c0 = T.MultiplyAdd(left, T.Broadcast(*b), c0);
            c1 = T.MultiplyAdd(left, T.Broadcast(b[bColumn]), c1);
            c2 = T.MultiplyAdd(left, T.Broadcast(b[column2]), c2);
            c3 = T.MultiplyAdd(left, T.Broadcast(b[column3]), c3);
            a += aStride;
            b += bDepth;
        }

        T.Store(c, c0);
        T.Store(c + cStride, c1);
        T.Store(c + (2 * cStride), c2);
        T.Store(c + (3 * cStride), c3);
    }

    private static void Tile1(int depth, float* a, nint aStride, float* b, nint bDepth, float* c, bool accumulate)
    {
        T sum = accumulate ? T.Load(c) : T.Zero;
        for (int k = 0; k < depth; k++)
        {
            sum = T.MultiplyAdd(T.Load(a), T.Broadcast(*b), sum);
            a += aStride;
            b += bDepth;
        }

        T.Store(c, sum);
    }
}
