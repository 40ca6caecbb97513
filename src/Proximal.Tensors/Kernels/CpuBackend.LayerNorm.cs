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
                for (int i = 0; i < Length; i += 16)
                {
                    int count = Math.Min(16, Length - i);
                    T deviation = (count == 16 ? T.Load(x + i) : LaneTail.Load<T>(x + i, count, mean)) - center;
                    squares = T.MultiplyAdd(deviation, deviation, squares);
                }

                float scale = 1f / MathF.Sqrt((T.Sum(squares) / Length) + Epsilon);
                Statistics[2L * row] = mean;
                Statistics[(2L * row) + 1] = scale;
                T factor = T.Broadcast(scale);
                for (int i = 0; i < Length; i += 16)
                {
                    int count = Math.Min(16, Length - i);
                    T value = (Part<T>(x + i, count) - center) * factor;
                    value = Weight == null ? value : value * Part<T>(Weight + i, count);
                    value = Bias == null ? value : value + Part<T>(Bias + i, count);
                    AddTo(y + i, value, count, accumulate: false);
                }
            }
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
                for (int i = 0; i < Length; i += 16)
                {
                    int count = Math.Min(16, Length - i);
                    T inner = Weighted<T>(dy, i, count);
                    sum += inner;
                    product = T.MultiplyAdd(inner, (Part<T>(x + i, count) - mean) * scale, product);
                }

                T meanOfGradient = T.Broadcast(T.Sum(sum) / Length), meanOfProduct = T.Broadcast(T.Sum(product) / Length);
                for (int i = 0; i < Length; i += 16)
                {
                    int count = Math.Min(16, Length - i);
                    T normalized = (Part<T>(x + i, count) - mean) * scale;
                    T value = scale * (Weighted<T>(dy, i, count) - meanOfGradient - (normalized * meanOfProduct));
                    AddTo(dx + i, value, count, Accumulate);
                }
            }
        }

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
                for (int row = 0; row < Rows; row++)
                {
                    long at = ((long)row * Length) + column;
                    T mean = T.Broadcast(Statistics[2L * row]), scale = T.Broadcast(Statistics[(2L * row) + 1]);
                    sum = T.MultiplyAdd(Part<T>(Dy + at, count), (Part<T>(X + at, count) - mean) * scale, sum);
                }

                AddTo(Dw + column, sum, count, Accumulate);
            }
        }
    }
}
