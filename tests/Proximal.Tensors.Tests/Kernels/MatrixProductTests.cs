using Proximal.Tensors.Kernels;

namespace Proximal.Tensors.Tests.Kernels;

public sealed unsafe class MatrixProductTests
{
    private static readonly Workers OneWorker = new(1);
    private static readonly Workers TwoWorkers = new(2);
    private static readonly Workers ThreeWorkers = new(3);

    public static TheoryData<int, int, int> OddShapes => new()
    {
        { 1, 1, 1 }, { 1, 33, 7 }, { 1, 300, 65 }, { 2, 31, 3 }, { 3, 64, 385 }, { 5, 7, 11 }, { 7, 129, 50 }, { 11, 96, 400 }, { 12, 32, 16 },
        { 13, 45, 769 }, { 17, 1, 9 }, { 25, 257, 31 }, { 64, 100, 130 }, { 65, 40, 1000 }, { 193, 70, 97 }, { 211, 190, 401 },
    };

    public static TheoryData<int, int, int> EmptyShapes => new() { { 0, 5, 3 }, { 5, 0, 3 }, { 5, 40, 0 }, { 1, 7, 0 }, { 0, 0, 0 } };

    [Theory]
    [MemberData(nameof(OddShapes))]
    public void Equals_a_chain_of_multiply_adds_in_every_instruction_set(int m, int n, int k)
    {
        using FloatMatrix a = FloatMatrix.Random(m, k, 1), b = FloatMatrix.Random(k, n, 2), expected = Chain(a, b, null);
        foreach (CpuBackend backend in Backends())
        {
            using FloatMatrix c = Multiply(backend, a, b);
            c.AssertSameBits(expected);
        }
    }

    [Theory]
    [MemberData(nameof(OddShapes))]
    public void Is_close_to_the_product_in_double_precision(int m, int n, int k)
    {
        using FloatMatrix a = FloatMatrix.Random(m, k, 3), b = FloatMatrix.Random(k, n, 4), c = Multiply(new CpuBackend(TwoWorkers), a, b);
        for (int row = 0; row < m; row++)
        {
            for (int column = 0; column < n; column++)
            {
                double sum = 0, scale = 0;
                for (int i = 0; i < k; i++)
                {
                    double term = (double)a[row, i] * b[i, column];
                    sum += term;
                    scale += Math.Abs(term);
                }

                Assert.True(Math.Abs(c[row, column] - sum) <= 1e-7 * k * scale / Math.Sqrt(k) + 1e-7, $"[{row}, {column}]: {c[row, column]} instead of {sum}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(OddShapes))]
    public void Accumulates_from_the_values_that_are_there(int m, int n, int k)
    {
        using FloatMatrix a = FloatMatrix.Random(m, k, 5), b = FloatMatrix.Random(k, n, 6), start = FloatMatrix.Random(m, n, 7), expected = Chain(a, b, start);
        foreach (CpuBackend backend in Backends())
        {
            using FloatMatrix c = start.Copy();
            backend.MatMul(m, n, k, a.Pointer, a.Stride, false, b.Pointer, b.Stride, false, c.Pointer, c.Stride, accumulate: true);
            c.AssertSameBits(expected);
        }
    }

    [Theory]
    [MemberData(nameof(OddShapes))]
    public void Has_the_same_bits_for_every_transposition(int m, int n, int k)
    {
        using FloatMatrix a = FloatMatrix.Random(m, k, 8), b = FloatMatrix.Random(k, n, 9), aT = a.Transposed(), bT = b.Transposed();
        foreach (CpuBackend backend in Backends())
        {
            using FloatMatrix expected = Multiply(backend, a, b);
            for (int which = 1; which < 4; which++)
            {
                bool transposeA = (which & 1) != 0, transposeB = (which & 2) != 0;
                FloatMatrix left = transposeA ? aT : a, right = transposeB ? bT : b;
                using FloatMatrix c = new(m, n);
                backend.MatMul(m, n, k, left.Pointer, left.Stride, transposeA, right.Pointer, right.Stride, transposeB, c.Pointer, c.Stride, false);
                c.AssertSameBits(expected);
            }
        }
    }

    [Theory]
    [MemberData(nameof(OddShapes))]
    public void Has_the_same_bits_for_a_packed_right_factor(int m, int n, int k)
    {
        using FloatMatrix a = FloatMatrix.Random(m, k, 10), b = FloatMatrix.Random(k, n, 11), bT = b.Transposed();
        foreach (CpuBackend backend in Backends())
        {
            using FloatMatrix expected = Multiply(backend, a, b);
            using PackedMatrix packed = new(k, n);
            foreach (bool transposed in new[] { false, true })
            {
                FloatMatrix source = transposed ? bT : b;
                packed.Pack(backend.Workers, source.Pointer, source.Stride, transposed);
                using FloatMatrix c = new(m, n), alone = new(m, n);
                backend.MatMulPacked(m, a.Pointer, a.Stride, packed, c.Pointer, c.Stride, accumulate: false);
                backend.MatMulPacked(m, a.Pointer, a.Stride, packed, alone.Pointer, alone.Stride, accumulate: false, singleThread: true);
                c.AssertSameBits(expected);
                alone.AssertSameBits(expected);
            }
        }
    }

    [Fact]
    public void A_row_has_the_same_bits_alone_and_in_any_batch()
    {
        const int Rows = 131, Columns = 333, Depth = 777;
        using FloatMatrix a = FloatMatrix.Random(Rows, Depth, 12), b = FloatMatrix.Random(Depth, Columns, 13);
        foreach (CpuBackend backend in Backends())
        {
            using PackedMatrix packed = new(Depth, Columns);
            packed.Pack(backend.Workers, b.Pointer, b.Stride, transposed: false);
            using FloatMatrix all = Multiply(backend, a, b);
            foreach (int batch in new[] { 1, 2, 3, 8, 11, 12, 13, 40, 64, 65 })
            {
                using FloatMatrix c = new(Rows, Columns);
                for (int row = 0; row < Rows; row += batch)
                {
                    int count = Math.Min(batch, Rows - row);
                    backend.MatMulPacked(count, a.Pointer + (row * a.Stride), a.Stride, packed, c.Pointer + (row * c.Stride), c.Stride, accumulate: false);
                }

                c.AssertSameBits(all);
            }
        }
    }

    [Fact]
    public void Has_the_same_bits_when_the_inner_dimension_is_cut_anywhere()
    {
        const int Rows = 29, Columns = 70, Depth = 801;
        using FloatMatrix a = FloatMatrix.Random(Rows, Depth, 14), b = FloatMatrix.Random(Depth, Columns, 15);
        foreach (CpuBackend backend in Backends())
        {
            using FloatMatrix expected = Multiply(backend, a, b);
            foreach (int cut in new[] { 1, 383, 384, 400, 800 })
            {
                using FloatMatrix c = new(Rows, Columns);
                backend.MatMul(Rows, Columns, cut, a.Pointer, a.Stride, false, b.Pointer, b.Stride, false, c.Pointer, c.Stride, accumulate: false);
                backend.MatMul(
                    Rows, Columns, Depth - cut, a.Pointer + cut, a.Stride, false, b.Pointer + (cut * b.Stride), b.Stride, false, c.Pointer, c.Stride, accumulate: true);
                c.AssertSameBits(expected);
            }
        }
    }

    [Fact]
    public void Has_the_same_bits_when_the_right_factor_is_packed_in_several_blocks()
    {
        const int Rows = 5, Columns = 1500, Depth = 2100;
        using FloatMatrix a = FloatMatrix.Random(Rows, Depth, 16), b = FloatMatrix.Random(Depth, Columns, 17), expected = Chain(a, b, null), bT = b.Transposed();
        foreach (CpuBackend backend in Backends())
        {
            using FloatMatrix c = Multiply(backend, a, b);
            c.AssertSameBits(expected);
            backend.MatMul(Rows, Columns, Depth, a.Pointer, a.Stride, false, bT.Pointer, bT.Stride, true, c.Pointer, c.Stride, accumulate: false);
            c.AssertSameBits(expected);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(40)]
    [InlineData(150)]
    public void Several_products_of_one_left_factor_equal_each_alone(int m)
    {
        const int Depth = 500;
        using FloatMatrix a = FloatMatrix.Random(m, Depth, 18), b1 = FloatMatrix.Random(Depth, 200, 19), b2 = FloatMatrix.Random(Depth, 37, 20);
        using FloatMatrix start = FloatMatrix.Random(m, 37, 21), expected1 = Chain(a, b1, null), expected2 = Chain(a, b2, start);
        foreach (CpuBackend backend in Backends())
        {
            using PackedMatrix packed1 = new(Depth, 200), packed2 = new(Depth, 37);
            packed1.Pack(backend.Workers, b1.Pointer, b1.Stride, transposed: false);
            packed2.Pack(backend.Workers, b2.Pointer, b2.Stride, transposed: false);
            using FloatMatrix c1 = new(m, 200), c2 = start.Copy();
            backend.MatMulPackedMany(
                m, a.Pointer, a.Stride, [new PackedProduct(packed1, c1.Pointer, c1.Stride, false), new PackedProduct(packed2, c2.Pointer, c2.Stride, true)]);
            c1.AssertSameBits(expected1);
            c2.AssertSameBits(expected2);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(50)]
    public void A_batch_equals_its_products_one_by_one(int batch)
    {
        const int M = 20, N = 45, K = 70;
        using FloatMatrix a = FloatMatrix.Random(batch * M, K, 22), b = FloatMatrix.Random(batch * N, K, 23);
        foreach (CpuBackend backend in Backends())
        {
            using FloatMatrix c = new(batch * M, N), expected = new(batch * M, N);
            backend.BatchedMatMul(
                batch, M, N, K, a.Pointer, a.Stride, false, M * a.Stride, b.Pointer, b.Stride, true, N * b.Stride, c.Pointer, c.Stride, M * c.Stride, false);
            for (int i = 0; i < batch; i++)
            {
                backend.MatMul(
                    M, N, K, a.Pointer + (i * M * a.Stride), a.Stride, false, b.Pointer + (i * N * b.Stride), b.Stride, true, expected.Pointer + (i * M * c.Stride), c.Stride, false);
            }

            c.AssertSameBits(expected);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_row_that_is_not_finite_leaves_the_others_alone(float value)
    {
        const int Rows = 30, Columns = 50, Depth = 40;
        using FloatMatrix a = FloatMatrix.Random(Rows, Depth, 24), b = FloatMatrix.Random(Depth, Columns, 25);
        foreach (CpuBackend backend in Backends())
        {
            using FloatMatrix expected = Multiply(backend, a, b), broken = a.Copy(), brokenRight = b.Copy();
            broken[13, 5] = value;
            using FloatMatrix c = Multiply(backend, broken, b);
            for (int column = 0; column < Columns; column++)
            {
                Assert.False(float.IsFinite(c[13, column]));
                c[13, column] = expected[13, column];
            }

            c.AssertSameBits(expected);
            brokenRight[7, 49] = value;
            using FloatMatrix d = Multiply(backend, a, brokenRight);
            for (int row = 0; row < Rows; row++)
            {
                Assert.False(float.IsFinite(d[row, 49]));
                d[row, 49] = expected[row, 49];
            }

            d.AssertSameBits(expected);
        }
    }

    [Theory]
    [MemberData(nameof(EmptyShapes))]
    public void An_empty_inner_dimension_gives_zeros_or_leaves_the_start(int m, int n, int k)
    {
        using FloatMatrix a = new(m, k), b = new(k, n), start = FloatMatrix.Random(m, n, 26), zeros = new(m, n);
        for (int row = 0; row < m; row++)
        {
            for (int column = 0; column < n; column++)
            {
                zeros[row, column] = 0;
            }
        }

        foreach (CpuBackend backend in Backends())
        {
            using PackedMatrix packed = new(k, n);
            packed.Pack(backend.Workers, b.Pointer, b.Stride, transposed: false);
            using FloatMatrix c = start.Copy(), d = start.Copy();
            backend.MatMul(m, n, k, a.Pointer, a.Stride, false, b.Pointer, b.Stride, false, c.Pointer, c.Stride, accumulate: true);
            backend.MatMulPacked(m, a.Pointer, a.Stride, packed, d.Pointer, d.Stride, accumulate: true);
            c.AssertSameBits(start);
            d.AssertSameBits(start);
            backend.MatMul(m, n, k, a.Pointer, a.Stride, false, b.Pointer, b.Stride, false, c.Pointer, c.Stride, accumulate: false);
            backend.MatMulPacked(m, a.Pointer, a.Stride, packed, d.Pointer, d.Stride, accumulate: false);
            c.AssertSameBits(zeros);
            d.AssertSameBits(zeros);
        }
    }

    [Fact]
    public void A_weight_is_packed_again_when_its_version_moves()
    {
        CpuBackend backend = new(TwoWorkers);
        using Parameter weight = new("w", new Shape(5, 3));
        weight.Data.Fill(1);
        PackedMatrix transposed = backend.PackedFor(weight, transposed: true), direct = backend.PackedFor(weight, transposed: false);
        Assert.Equal((3, 5), (transposed.Depth, transposed.Columns));
        Assert.Equal((5, 3), (direct.Depth, direct.Columns));
        weight.Data[1] = 7;
        Assert.Same(transposed, backend.PackedFor(weight, transposed: true));
        Assert.Equal(1, transposed.Panels[PackedMatrix.PanelColumns]);
        weight.MarkChanged();
        Assert.Same(transposed, backend.PackedFor(weight, transposed: true));
        Assert.Equal(7, transposed.Panels[PackedMatrix.PanelColumns]);
        Assert.Same(direct, backend.PackedFor(weight, transposed: false));
        Assert.Equal(7, direct.Panels[1]);
    }

    [Fact]
    public void Threads_that_ask_for_one_weight_get_one_packed_matrix()
    {
        CpuBackend backend = new(OneWorker);
        using Parameter weight = new("w", new Shape(300, 200));
        for (int i = 0; i < weight.Length; i++)
        {
            weight.Data[i] = i;
        }

        PackedMatrix[] results = new PackedMatrix[8];
        Parallel.For(0, results.Length, i =>
        {
            results[i] = backend.PackedFor(weight, transposed: true);
            Assert.Equal(200 * 299 + 199, results[i].Panels[(9 * 32 * 200) + (199 * 32) + 11]);
        });
        Assert.All(results, packed => Assert.Same(results[0], packed));
    }

    [Fact]
    public void A_warm_product_allocates_nothing()
    {
        CpuBackend backend = new(OneWorker);
        using FloatMatrix a = FloatMatrix.Random(40, 100, 27), b = FloatMatrix.Random(100, 70, 28), c = new(40, 70);
        using PackedMatrix packed = new(100, 70);
        long before = 0;
        for (int round = 0; round < 3; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 5; i++)
            {
                packed.Pack(backend.Workers, b.Pointer, b.Stride, transposed: false);
                backend.MatMul(40, 70, 100, a.Pointer, a.Stride, false, b.Pointer, b.Stride, false, c.Pointer, c.Stride, accumulate: false);
                backend.MatMulPacked(1, a.Pointer, a.Stride, packed, c.Pointer, c.Stride, accumulate: false);
                backend.MatMulPackedMany(40, a.Pointer, a.Stride, [new PackedProduct(packed, c.Pointer, c.Stride, false)]);
            }
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    // Every instruction set of this processor, with one, two and three workers.
    private static IEnumerable<CpuBackend> Backends()
    {
        for (InstructionSet set = InstructionSet.Vector128; set <= InstructionSets.Widest; set++)
        {
            foreach (Workers workers in new[] { OneWorker, TwoWorkers, ThreeWorkers })
            {
                yield return new CpuBackend(workers) { InstructionSet = set };
            }
        }
    }

    private static FloatMatrix Multiply(CpuBackend backend, FloatMatrix a, FloatMatrix b)
    {
        FloatMatrix c = new(a.Rows, b.Columns);
        backend.MatMul(a.Rows, b.Columns, a.Columns, a.Pointer, a.Stride, false, b.Pointer, b.Stride, false, c.Pointer, c.Stride, accumulate: false);
        return c;
    }

    private static FloatMatrix Chain(FloatMatrix a, FloatMatrix b, FloatMatrix? start)
    {
        FloatMatrix c = new(a.Rows, b.Columns);
        for (int row = 0; row < a.Rows; row++)
        {
            for (int column = 0; column < b.Columns; column++)
            {
                float sum = start is null ? 0 : start[row, column];
                for (int i = 0; i < a.Columns; i++)
                {
                    sum = InstructionSets.HasFusedMultiplyAdd ? MathF.FusedMultiplyAdd(a[row, i], b[i, column], sum) : (a[row, i] * b[i, column]) + sum;
                }

                c[row, column] = sum;
            }
        }

        return c;
    }
}
