using System.Runtime.CompilerServices;
using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

internal sealed unsafe partial class CpuBackend
{
    /// <summary>y = (x - mean) / sqrt(var + epsilon) * weight + bias for each row; weight and bias may be null.</summary>
    /// <param name="x">Rows [rows, length].</param>
    /// <param name="weight">Factors [length], or null for 1.</param>
    /// <param name="bias">Terms [length], or null for 0.</param>
    /// <param name="y">Results [rows, length].</param>
    /// <param name="statistics">Receives mean and 1 / sqrt(var + epsilon) of each row [rows, 2].</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="length">Their length.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public void LayerNorm(float* x, float* weight, float* bias, float* y, float* statistics, int rows, int length, float epsilon) =>
        For(
            rows,
            ItemsPerRange(length),
            new LayerNormWork { X = x, Weight = weight, Bias = bias, Y = y, Statistics = statistics, Length = length, Epsilon = epsilon });

    /// <summary>dx (+)= the gradient of <see cref="LayerNorm"/> with respect to x.</summary>
    public void LayerNormGradient(float* x, float* weight, float* statistics, float* dy, float* dx, int rows, int length, bool accumulate) =>
        For(
            rows,
            ItemsPerRange(length),
            new LayerNormGradientWork { X = x, Weight = weight, Statistics = statistics, Dy = dy, Dx = dx, Length = length, Accumulate = accumulate });

    /// <summary>dw (+)= the sum over rows of dy times the normalized x, in the order of the rows.</summary>
    public void LayerNormWeightGradient(float* x, float* statistics, float* dy, float* dw, int rows, int length, bool accumulate) =>
        For(
            (length + 15) / 16,
            ItemsPerRange(rows * 16L),
            new LayerNormWeightGradientWork { X = x, Statistics = statistics, Dy = dy, Dw = dw, Rows = rows, Length = length, Accumulate = accumulate });

    private struct LayerNormWork : ILaneWork
    {
        public float* X;
        public float* Weight;
        public float* Bias;
        public float* Y;
        public float* Statistics;
        public int Length;
        public float Epsilon;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int row = start; row < end; row++)
            {
                float* x = X + ((long)row * Length);
                float* y = Y + ((long)row * Length);
                float mean = SumRow<T>(x, Length) / Length;
                T center = T.Broadcast(mean), squares = T.Zero;
                int i = 0;
                for (; i <= Length - 16; i += 16)
                {
                    T deviation = T.Load(x + i) - center;
                    squares = T.MultiplyAdd(deviation, deviation, squares);
                }

                if (i < Length)
                {
                    T deviation = LaneTail.Load<T>(x + i, Length - i, mean) - center;
                    squares = T.MultiplyAdd(deviation, deviation, squares);
                }

                float scale = 1f / MathF.Sqrt((T.Sum(squares) / Length) + Epsilon);
                Statistics[2L * row] = mean;
                Statistics[(2L * row) + 1] = scale;
                T factor = T.Broadcast(scale);
                for (i = 0; i <= Length - 16; i += 16)
                {
                    Normalize(x, y, center, factor, i, 16);
                }

                if (i < Length)
                {
                    Normalize(x, y, center, factor, i, Length - i);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Normalize<T>(float* x, float* y, T center, T factor, int i, int count)
            where T : struct, ILanes<T>
        {
            T value = (Part<T>(x + i, count) - center) * factor;
            value = Weight == null ? value : value * Part<T>(Weight + i, count);
            value = Bias == null ? value : value + Part<T>(Bias + i, count);
            AddTo(y + i, value, count, accumulate: false);
        }
    }

    private struct LayerNormGradientWork : ILaneWork
    {
        public float* X;
        public float* Weight;
        public float* Statistics;
        public float* Dy;
        public float* Dx;
        public int Length;
        public bool Accumulate;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int row = start; row < end; row++)
            {
                float* x = X + ((long)row * Length);
                float* dy = Dy + ((long)row * Length);
                float* dx = Dx + ((long)row * Length);
                T mean = T.Broadcast(Statistics[2L * row]), scale = T.Broadcast(Statistics[(2L * row) + 1]);
                T sum = T.Zero, product = T.Zero;
                int i = 0;
                for (; i <= Length - 16; i += 16)
                {
                    T inner = Weighted<T>(dy, i, 16);
                    sum += inner;
                    product = T.MultiplyAdd(inner, (T.Load(x + i) - mean) * scale, product);
                }

                if (i < Length)
                {
                    T inner = Weighted<T>(dy, i, Length - i);
                    sum += inner;
                    product = T.MultiplyAdd(inner, (T.LoadCount(x + i, Length - i) - mean) * scale, product);
                }

                T meanOfGradient = T.Broadcast(T.Sum(sum) / Length), meanOfProduct = T.Broadcast(T.Sum(product) / Length);
                for (i = 0; i <= Length - 16; i += 16)
                {
                    Propagate(x, dy, dx, mean, scale, meanOfGradient, meanOfProduct, i, 16);
                }

                if (i < Length)
                {
                    Propagate(x, dy, dx, mean, scale, meanOfGradient, meanOfProduct, i, Length - i);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Propagate<T>(float* x, float* dy, float* dx, T mean, T scale, T meanOfGradient, T meanOfProduct, int i, int count)
            where T : struct, ILanes<T>
        {
            T normalized = (Part<T>(x + i, count) - mean) * scale;
            T value = scale * (Weighted<T>(dy, i, count) - meanOfGradient - (normalized * meanOfProduct));
            AddTo(dx + i, value, count, Accumulate);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly T Weighted<T>(float* dy, int i, int count)
            where T : struct, ILanes<T> => Weight == null ? Part<T>(dy + i, count) : Part<T>(dy + i, count) * Part<T>(Weight + i, count);
    }

    private struct LayerNormWeightGradientWork : ILaneWork
    {
        public float* X;
        public float* Statistics;
        public float* Dy;
        public float* Dw;
        public int Rows;
        public int Length;
        public bool Accumulate;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int item = start; item < end; item++)
            {
                int column = item * 16, count = Math.Min(16, Length - column);
                T sum = T.Zero;
                if (count == 16)
                {
                    for (int row = 0; row < Rows; row++)
                    {
                        sum = Add(sum, row, column, 16);
                    }
                }
                else
                {
                    for (int row = 0; row < Rows; row++)
                    {
                        sum = Add(sum, row, column, count);
                    }
                }

                AddTo(Dw + column, sum, count, Accumulate);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly T Add<T>(T sum, int row, int column, int count)
            where T : struct, ILanes<T>
        {
            long at = ((long)row * Length) + column;
            T mean = T.Broadcast(Statistics[2L * row]), scale = T.Broadcast(Statistics[(2L * row) + 1]);
            return T.MultiplyAdd(Part<T>(Dy + at, count), (Part<T>(X + at, count) - mean) * scale, sum);
        }
    }
}
