using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

internal sealed unsafe partial class CpuBackend
{
    /// <summary>Elements that one chain of lanes sums; longer rows are sums of such blocks, so that they divide over workers and stay precise.</summary>
    public const int SumBlock = 4096;

    private const int ColumnBlock = 64;

    /// <summary>Floats of scratch memory that <see cref="SumRows"/> needs.</summary>
    public static long SumRowsScratch(int rows, int length)
    {
        long scratch = 0;
        for (int blocks = length; blocks > SumBlock;)
        {
            blocks = BlocksOf(blocks);
            scratch += (long)rows * blocks;
        }

        return scratch;
    }

    /// <summary>y [rows] (+)= scale times the sum of each row of x [rows, length].</summary>
    public void SumRows(float* x, float* y, int rows, int length, float scale, bool accumulate, float* scratch)
    {
        while (length > SumBlock)
        {
            int blocks = BlocksOf(length);
            SumRowsWork partial = new() { X = x, Y = scratch, Length = length, Blocks = blocks, Scale = 1 };
            For(rows * blocks, ItemsPerRange(SumBlock), partial);
            x = scratch;
            scratch += (long)rows * blocks;
            length = blocks;
        }

        SumRowsWork work = new() { X = x, Y = y, Length = length, Blocks = 1, Scale = scale, Accumulate = accumulate };
        For(rows, ItemsPerRange(length), work);
    }

    /// <summary>y [outer, inner] (+)= scale times the sum over the middle axis of x [outer, length, inner], in the order of that axis.</summary>
    public void SumColumns(float* x, float* y, int outer, int length, int inner, float scale, bool accumulate)
    {
        int blocks = (inner + ColumnBlock - 1) / ColumnBlock;
        SumColumnsWork work = new() { X = x, Y = y, Length = length, Inner = inner, Blocks = blocks, Scale = scale, Accumulate = accumulate };
        For(outer * blocks, ItemsPerRange((long)length * Math.Min(inner, ColumnBlock)), work);
    }

    /// <summary>dx [outer, length, inner] (+)= scale times dy [outer, inner], the same for each index of the middle axis.</summary>
    public void SpreadColumns(float* dy, float* dx, int outer, int length, int inner, float scale, bool accumulate)
    {
        SpreadColumnsWork work = new() { Dy = dy, Dx = dx, Length = length, Inner = inner, Scale = scale, Accumulate = accumulate };
        For(outer, ItemsPerRange((long)length * inner), work);
    }

    /// <summary>The index of the first largest (or smallest) element along the middle axis of x [outer, length, inner]; a NaN is beyond all.</summary>
    public void ArgExtreme(float* x, int* indices, int outer, int length, int inner, bool smallest)
    {
        ArgExtremeWork job = new() { X = x, Indices = indices, Length = length, Inner = inner, Smallest = smallest };
        Workers.For(outer, ItemsPerRange((long)length * inner), ref job);
    }

    /// <summary>y[.., i, ..] (+)= the sum of x[.., 0..i, ..] along the middle axis, or of x[.., i.., ..] when reversed.</summary>
    public void CumulativeSum(float* x, float* y, int outer, int length, int inner, bool reversed, bool accumulate)
    {
        int blocks = (inner + ColumnBlock - 1) / ColumnBlock;
        CumulativeSumWork work = new() { X = x, Y = y, Length = length, Inner = inner, Blocks = blocks, Reversed = reversed, Accumulate = accumulate };
        For(outer * blocks, ItemsPerRange((long)length * Math.Min(inner, ColumnBlock)), work);
    }

    private static int BlocksOf(int length) => (int)(((long)length + SumBlock - 1) / SumBlock);

    /// <summary>The sum of a row: sixteen running sums four times over, added in one order that depends on the length alone.</summary>
    private static float SumRow<T>(float* x, int length)
        where T : struct, ILanes<T>
    {
        T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
        int i = 0;
        for (; i + 64 <= length; i += 64)
        {
            s0 += T.Load(x + i);
            s1 += T.Load(x + i + 16);
            s2 += T.Load(x + i + 32);
            s3 += T.Load(x + i + 48);
        }

        for (; i < length; i += 16)
        {
            s0 += Part<T>(x + i, Math.Min(16, length - i));
        }

        return T.Sum((s0 + s1) + (s2 + s3));
    }

    private struct SumRowsWork : ILaneWork
    {
        public float* X;
        public float* Y;
        public int Length;
        public int Blocks;
        public float Scale;
        public bool Accumulate;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int item = start; item < end; item++)
            {
                (int row, int block) = Math.DivRem(item, Blocks);
                int from = block * SumBlock;
                float sum = SumRow<T>(X + ((long)row * Length) + from, Blocks == 1 ? Length : Math.Min(SumBlock, Length - from)) * Scale;
                Y[item] = Accumulate ? Y[item] + sum : sum;
            }
        }
    }

    private struct SumColumnsWork : ILaneWork
    {
        public float* X;
        public float* Y;
        public int Length;
        public int Inner;
        public int Blocks;
        public float Scale;
        public bool Accumulate;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            T scale = T.Broadcast(Scale);
            for (int item = start; item < end; item++)
            {
                (int outer, int block) = Math.DivRem(item, Blocks);
                int column = block * ColumnBlock, columns = Math.Min(ColumnBlock, Inner - column);
                float* x = X + ((long)outer * Length * Inner) + column;
                float* y = Y + ((long)outer * Inner) + column;
                if (columns == ColumnBlock)
                {
                    T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
                    for (int i = 0; i < Length; i++, x += Inner)
                    {
                        s0 += T.Load(x);
                        s1 += T.Load(x + 16);
                        s2 += T.Load(x + 32);
                        s3 += T.Load(x + 48);
                    }

                    AddTo(y, s0 * scale, 16, Accumulate);
                    AddTo(y + 16, s1 * scale, 16, Accumulate);
                    AddTo(y + 32, s2 * scale, 16, Accumulate);
                    AddTo(y + 48, s3 * scale, 16, Accumulate);
                    continue;
                }

                for (int part = 0; part < columns; part += 16)
                {
                    int count = Math.Min(16, columns - part);
                    T sum = T.Zero;
                    for (int i = 0; i < Length; i++)
                    {
                        sum += Part<T>(x + ((long)i * Inner) + part, count);
                    }

                    AddTo(y + part, sum * scale, count, Accumulate);
                }
            }
        }
    }

    private struct SpreadColumnsWork : ILaneWork
    {
        public float* Dy;
        public float* Dx;
        public int Length;
        public int Inner;
        public float Scale;
        public bool Accumulate;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            T scale = T.Broadcast(Scale);
            for (int outer = start; outer < end; outer++)
            {
                float* dy = Dy + ((long)outer * Inner);
                float* dx = Dx + ((long)outer * Length * Inner);
                if (Inner == 1)
                {
                    T value = T.Broadcast(*dy) * scale;
                    for (int i = 0; i < Length; i += 16)
                    {
                        AddTo(dx + i, value, Math.Min(16, Length - i), Accumulate);
                    }

                    continue;
                }

                for (int row = 0; row < Length; row++, dx += Inner)
                {
                    for (int i = 0; i < Inner; i += 16)
                    {
                        int count = Math.Min(16, Inner - i);
                        AddTo(dx + i, Part<T>(dy + i, count) * scale, count, Accumulate);
                    }
                }
            }
        }
    }

    private struct ArgExtremeWork : IRangeWork
    {
        public float* X;
        public int* Indices;
        public int Length;
        public int Inner;
        public bool Smallest;

        public readonly void Run(int start, int end, int worker)
        {
            for (int outer = start; outer < end; outer++)
            {
                for (int column = 0; column < Inner; column++)
                {
                    float* x = X + ((long)outer * Length * Inner) + column;
                    float best = *x;
                    int index = 0;
                    for (int i = 1; i < Length && !float.IsNaN(best); i++)
                    {
                        float value = x[(long)i * Inner];
                        if (float.IsNaN(value) || (Smallest ? value < best : value > best))
                        {
                            best = value;
                            index = i;
                        }
                    }

                    Indices[((long)outer * Inner) + column] = index;
                }
            }
        }
    }

    private struct CumulativeSumWork : ILaneWork
    {
        public float* X;
        public float* Y;
        public int Length;
        public int Inner;
        public int Blocks;
        public bool Reversed;
        public bool Accumulate;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int item = start; item < end; item++)
            {
                (int outer, int block) = Math.DivRem(item, Blocks);
                if (Inner == 1)
                {
                    SumAlong(X + ((long)outer * Length), Y + ((long)outer * Length));
                    continue;
                }

                int first = block * ColumnBlock, last = Math.Min(Inner, first + ColumnBlock);
                for (int column = first; column < last; column += 16)
                {
                    int count = Math.Min(16, last - column);
                    long at = ((long)outer * Length * Inner) + column + (Reversed ? (long)(Length - 1) * Inner : 0);
                    T sum = T.Zero;
                    for (int i = 0; i < Length; i++, at += Reversed ? -Inner : Inner)
                    {
                        sum += Part<T>(X + at, count);
                        AddTo(Y + at, sum, count, Accumulate);
                    }
                }
            }
        }

        private readonly void SumAlong(float* x, float* y)
        {
            float sum = 0;
            for (int i = 0; i < Length; i++)
            {
                int at = Reversed ? Length - 1 - i : i;
                sum += x[at];
                y[at] = Accumulate ? y[at] + sum : sum;
            }
        }
    }
}
