using System.Runtime.InteropServices;

namespace Proximal.Tensors.Kernels;

/// <summary>
/// Matrix products. Every element of C is one chain of multiply-adds over k = 0, 1, ..., K-1, rounded once per step where the processor fuses
/// them, from +0 or from the value that C held. So its bits depend on nothing but its row of A, its column of B and that start.
/// </summary>
internal sealed unsafe partial class CpuBackend
{
    // Multiply-adds that are worth waking another thread for.
    private const long SmallestShare = 1 << 20;

    // Up to so many rows workers divide the columns of B, so that each reads its part of B once.
    private const int RowsThatShareColumns = 64;

    // Floats of B that are packed at a time by a product without a packed matrix.
    private const int RightBlock = 1 << 20;
    private const int RightDepth = 768;

    /// <summary>The instruction set of the kernels. Narrower ones than the widest are for tests: the results are the same.</summary>
    public InstructionSet InstructionSet { get; set; } = InstructionSets.Widest;

    /// <summary>C = (accumulate ? C : 0) + op(A)·op(B), with C [m, n], op(A) [m, k] and op(B) [k, n].</summary>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">Inner dimension.</param>
    /// <param name="a">First element of A.</param>
    /// <param name="lda">Floats from one row of A in memory to the next.</param>
    /// <param name="transposeA">Whether A is in memory as [k, m].</param>
    /// <param name="b">First element of B.</param>
    /// <param name="ldb">Floats from one row of B in memory to the next.</param>
    /// <param name="transposeB">Whether B is in memory as [n, k].</param>
    /// <param name="c">First element of C.</param>
    /// <param name="ldc">Floats from one row of C to the next.</param>
    /// <param name="accumulate">Whether the chains start from C.</param>
    public void MatMul(
        int m, int n, int k, float* a, int lda, bool transposeA, float* b, int ldb, bool transposeB, float* c, int ldc, bool accumulate) =>
        MatMul(
            Divide((long)m * n * k), [new LeftProduct(new LeftMatrix(a, lda, transposeA), m, c, ldc, accumulate)], n, k, b, ldb, transposeB);

    /// <summary>Products of several left factors with one right factor, which is packed once for all of them.</summary>
    /// <param name="products">Left factors and results; their accumulate says whether the chains start from C.</param>
    /// <param name="n">Columns of every C.</param>
    /// <param name="k">Inner dimension.</param>
    /// <param name="b">First element of B.</param>
    /// <param name="ldb">Floats from one row of B in memory to the next.</param>
    /// <param name="transposeB">Whether B is in memory as [n, k].</param>
    public void MatMulMany(ReadOnlySpan<LeftProduct> products, int n, int k, float* b, int ldb, bool transposeB)
    {
        long rows = 0;
        foreach (ref readonly LeftProduct product in products)
        {
            rows += product.Rows;
        }

        MatMul(Divide(rows * n * k), products, n, k, b, ldb, transposeB);
    }

    /// <summary>The same for each matrix of a batch, which lie a fixed number of floats apart (0 shares one).</summary>
    public void BatchedMatMul(
        int batch, int m, int n, int k, float* a, int lda, bool transposeA, nint strideA, float* b, int ldb, bool transposeB, nint strideB, float* c, int ldc, nint strideC, bool accumulate)
    {
        BatchWork work = new()
        {
            Backend = this,
            M = m,
            N = n,
            K = k,
            A = a,
            Lda = lda,
            TransposeA = transposeA,
            StrideA = strideA,
            B = b,
            Ldb = ldb,
            TransposeB = transposeB,
            StrideB = strideB,
            C = c,
            Ldc = ldc,
            StrideC = strideC,
            Accumulate = accumulate,
        };
        long each = Math.Max(1, (long)m * n * k);
        if (batch >= 2 * Workers.Count)
        {
            Workers.For(batch, (int)Math.Clamp(SmallestShare / each, 1, batch), ref work);
        }
        else
        {
            work.Divided = Divide(each);
            work.Run(0, batch, 0);
        }
    }

    /// <summary>C = (accumulate ? C : 0) + A·B for a packed B.</summary>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="a">First element of A [m, depth].</param>
    /// <param name="lda">Floats from one row of A to the next.</param>
    /// <param name="b">B.</param>
    /// <param name="c">First element of C [m, columns].</param>
    /// <param name="ldc">Floats from one row of C to the next.</param>
    /// <param name="accumulate">Whether the chains start from C.</param>
    /// <param name="singleThread">Whether the calling thread does it alone.</param>
    public void MatMulPacked(int m, float* a, int lda, PackedMatrix b, float* c, int ldc, bool accumulate, bool singleThread = false)
    {
        PackedProduct product = new(b, c, ldc, accumulate);
        MatMulPackedMany(m, a, lda, new ReadOnlySpan<PackedProduct>(in product), singleThread);
        GC.KeepAlive(b);
    }

    /// <summary>C = start + A·B for a packed B: the chains begin with the start.</summary>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="a">First element of A [m, depth].</param>
    /// <param name="lda">Floats from one row of A to the next.</param>
    /// <param name="b">B.</param>
    /// <param name="start">First element of the start; null for zero.</param>
    /// <param name="startStride">Floats from one row of the start to the next; 0 gives all rows the same (a bias).</param>
    /// <param name="c">First element of C [m, columns].</param>
    /// <param name="ldc">Floats from one row of C to the next.</param>
    public void MatMulPacked(int m, float* a, int lda, PackedMatrix b, float* start, int startStride, float* c, int ldc)
    {
        PackedProduct product = new(b, c, ldc, start, startStride);
        MatMulPackedMany(m, a, lda, new ReadOnlySpan<PackedProduct>(in product));
        GC.KeepAlive(b);
    }

    /// <summary>Products of one A with several packed right factors of one depth; A is packed once for all of them.</summary>
    /// <param name="m">Rows of A and of every C.</param>
    /// <param name="a">First element of A [m, depth].</param>
    /// <param name="lda">Floats from one row of A to the next.</param>
    /// <param name="products">Right factors and results, at most <see cref="PackedProducts.Capacity"/>. The caller keeps the packed matrices alive.</param>
    /// <param name="singleThread">Whether the calling thread does it alone.</param>
    public void MatMulPackedMany(int m, float* a, int lda, ReadOnlySpan<PackedProduct> products, bool singleThread = false)
    {
        long columns = 0;
        foreach (ref readonly PackedProduct product in products)
        {
            if (product.Depth != products[0].Depth)
            {
                throw new ArgumentException($"Right factors of one call have one depth, not {products[0].Depth} and {product.Depth}.", nameof(products));
            }

            columns += product.Columns;
        }

        bool divided = !singleThread && Divide(m * columns * products[0].Depth);
        Multiply(divided, m, new LeftMatrix(a, lda, transposed: false), products);
    }

    /// <summary>The weight of a linear layer, [out, in], as a packed right factor; packed anew when its version has moved.</summary>
    /// <param name="weight">The parameter.</param>
    /// <param name="transposed">True for Wᵀ [in, out], as in Y = X·Wᵀ; false for W [out, in], as in dX = dY·W.</param>
    public PackedMatrix PackedFor(Parameter weight, bool transposed) => PackedWeight.Of(weight).Get(weight, transposed, Workers);

    private bool Divide(long work) => Workers.Count > 1 && work >= 2 * SmallestShare;

    private void MatMul(bool divided, ReadOnlySpan<LeftProduct> products, int n, int k, float* b, int ldb, bool transposeB)
    {
        int depthStep = (long)k * n <= RightBlock ? Math.Max(k, 1) : Math.Min(k, Math.Max(RightDepth, RightBlock / n));
        int columnStep = Math.Max(RightBlock / depthStep / PackedMatrix.PanelColumns, 1) * PackedMatrix.PanelColumns;
        for (int column = 0; column < n && !products.IsEmpty; column += columnStep)
        {
            int columns = Math.Min(columnStep, n - column);
            float* panels = Scratch.Right((long)PackedMatrix.PanelCount(columns) * PackedMatrix.PanelColumns * Math.Min(depthStep, k));
            int start = 0;
            do
            {
                int depth = Math.Min(depthStep, k - start);
                float* block = b + (transposeB ? ((nint)column * ldb) + start : ((nint)start * ldb) + column);
                PackedMatrix.PackPanels(divided ? Workers : null, block, ldb, transposeB, depth, columns, panels);
                foreach (ref readonly LeftProduct left in products)
                {
                    float* c = left.C + column;
                    PackedProduct product = new(panels, depth, columns, c, left.Ldc, left.Accumulate || start > 0 ? c : null, left.Ldc);
                    Multiply(divided, left.Rows, left.A.From(0, start), new ReadOnlySpan<PackedProduct>(in product));
                }

                start += depthStep;
            }
            while (start < k);
        }
    }

    private void Multiply(bool divided, int m, LeftMatrix a, ReadOnlySpan<PackedProduct> products)
    {
        if (m == 0 || products.IsEmpty)
        {
            return;
        }

        if (products[0].Depth == 0)
        {
            CopyStarts(m, products);
            return;
        }

        if (!divided)
        {
            Gemm.Rows(InstructionSet, a, 0, m, products);
            return;
        }

        if (m <= RowsThatShareColumns)
        {
            int depth = products[0].Depth;
            float* packed = m == 1 && !a.Transposed ? a.Data : Scratch.LeftWhole((long)m * depth);
            if (packed != a.Data)
            {
                Gemm.PackLeft(InstructionSet, a, m, depth, packed);
            }

            PanelsWork work = new() { InstructionSet = InstructionSet, Packed = packed, Rows = m, Count = products.Length };
            int panels = 0;
            for (int i = 0; i < products.Length; i++)
            {
                work.Products[i] = products[i];
                panels += PackedMatrix.PanelCount(products[i].Columns);
            }

            long panelWork = (long)m * depth * PackedMatrix.PanelColumns;
            Workers.For(panels, (int)Math.Clamp(SmallestShare / 2 / panelWork / 4, 1, panels) * 4, ref work);
        }
        else
        {
            RowsWork work = new() { InstructionSet = InstructionSet, A = a, Rows = m, Count = products.Length };
            for (int i = 0; i < products.Length; i++)
            {
                work.Products[i] = products[i];
            }

            // Equal shares, as many as the workers cut such a count into.
            int shares = Workers.Count * 4;
            work.Shares = Math.Min(shares, m / 16);
            Workers.For(work.Shares, 1, ref work);
        }
    }

    private static void CopyStarts(int m, ReadOnlySpan<PackedProduct> products)
    {
        foreach (ref readonly PackedProduct product in products)
        {
            for (nint row = 0; row < m; row++)
            {
                Span<float> target = new(product.C + (row * product.Ldc), product.Columns);
                if (product.Start == null)
                {
                    target.Clear();
                }
                else
                {
                    new ReadOnlySpan<float>(product.Start + (row * product.StartStride), product.Columns).CopyTo(target);
                }
            }
        }
    }

    private struct RowsWork : IRangeWork
    {
        public InstructionSet InstructionSet;
        public LeftMatrix A;
        public int Rows;
        public int Shares;
        public int Count;
        public PackedProducts Products;

        public void Run(int start, int end, int worker) =>
            Gemm.Rows(
                InstructionSet, A, (int)((long)start * Rows / Shares), (int)((long)end * Rows / Shares), ((ReadOnlySpan<PackedProduct>)Products)[..Count]);
    }

    private struct PanelsWork : IRangeWork
    {
        public InstructionSet InstructionSet;
        public float* Packed;
        public int Rows;
        public int Count;
        public PackedProducts Products;

        public void Run(int start, int end, int worker) =>
            Gemm.Panels(InstructionSet, Packed, Rows, start, end, ((ReadOnlySpan<PackedProduct>)Products)[..Count]);
    }

    private struct BatchWork : IRangeWork
    {
        public CpuBackend Backend;
        public bool Divided;
        public int M;
        public int N;
        public int K;
        public float* A;
        public int Lda;
        public bool TransposeA;
        public nint StrideA;
        public float* B;
        public int Ldb;
        public bool TransposeB;
        public nint StrideB;
        public float* C;
        public int Ldc;
        public nint StrideC;
        public bool Accumulate;

        public readonly void Run(int start, int end, int worker)
        {
            for (int i = start; i < end; i++)
            {
                LeftProduct product = new(new LeftMatrix(A + (i * StrideA), Lda, TransposeA), M, C + (i * StrideC), Ldc, Accumulate);
                Backend.MatMul(Divided, new ReadOnlySpan<LeftProduct>(in product), N, K, B + (i * StrideB), Ldb, TransposeB);
            }
        }
    }
}
