using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

internal sealed unsafe partial class CpuBackend
{
    /// <summary>y = (x / sqrt(mean(x²) + ε)) · w for each row.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Length of a row.</param>
    /// <param name="x">Input [rows, columns].</param>
    /// <param name="weight">w [columns].</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="y">Output [rows, columns].</param>
    /// <param name="scales">1 / sqrt(mean(x²) + ε) [rows], or null.</param>
    public void RmsNorm(int rows, int columns, float* x, float* weight, float epsilon, float* y, float* scales)
    {
        RmsNormWork work = new() { Columns = columns, X = x, Weight = weight, Epsilon = epsilon, Y = y, Scales = scales };
        ForRows(rows, columns, in work);
    }

    /// <summary>The same on the calling thread alone.</summary>
    public void RmsNormHere(int rows, int columns, float* x, float* weight, float epsilon, float* y)
    {
        RmsNormWork work = new() { Columns = columns, X = x, Weight = weight, Epsilon = epsilon, Y = y };
        Here(rows, ref work);
    }

    /// <summary>dx = s·(g·w) - x·s³·mean(g·w·x), with s the scale of the row.</summary>
    public void RmsNormBackward(
        int rows, int columns, float* x, float* weight, float* scales, float* gradient, float* gradientX, bool accumulate)
    {
        RmsNormBackwardWork work = new()
        {
            Columns = columns,
            X = x,
            Weight = weight,
            Scales = scales,
            Gradient = gradient,
            GradientX = gradientX,
            Accumulate = accumulate,
        };
        ForRows(rows, columns, in work);
    }

    /// <summary>dw += Σ over rows, in their order, of g·x·s.</summary>
    public void RmsNormWeightGradient(int rows, int columns, float* x, float* scales, float* gradient, float* gradientWeight)
    {
        RmsNormWeightWork work = new()
        {
            Rows = rows,
            Columns = columns,
            X = x,
            Scales = scales,
            Gradient = gradient,
            GradientWeight = gradientWeight,
        };
        int blocks = (columns + ILanes<Lanes128>.Width - 1) / ILanes<Lanes128>.Width;
        For(blocks, Math.Max(1, ElementsPerShare / Math.Max(1, rows * ILanes<Lanes128>.Width)), in work);
    }

    private struct RmsNormWork : ILaneWork
    {
        public int Columns;
        public float* X;
        public float* Weight;
        public float Epsilon;
        public float* Y;
        public float* Scales;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            int whole = Columns / ILanes<T>.Width * ILanes<T>.Width, tail = Columns - whole;
            for (int row = start; row < end; row++)
            {
                float* x = X + ((nint)row * Columns);
                float* y = Y + ((nint)row * Columns);
                T squares = T.Zero;
                for (int i = 0; i < whole; i += ILanes<T>.Width)
                {
                    T value = T.Load(x + i);
                    squares = T.MultiplyAdd(value, value, squares);
                }

                if (tail > 0)
                {
                    T value = T.LoadCount(x + whole, tail);
                    squares = T.MultiplyAdd(value, value, squares);
                }

                float scale = 1f / MathF.Sqrt((T.Sum(squares) / Columns) + Epsilon);
                if (Scales != null)
                {
                    Scales[row] = scale;
                }

                T scales = T.Broadcast(scale);
                for (int i = 0; i < whole; i += ILanes<T>.Width)
                {
                    T.Store(y + i, T.Load(x + i) * scales * T.Load(Weight + i));
                }

                if (tail > 0)
                {
                    T.StoreCount(y + whole, T.LoadCount(x + whole, tail) * scales * T.LoadCount(Weight + whole, tail), tail);
                }
            }
        }
    }

    private struct RmsNormBackwardWork : ILaneWork
    {
        public int Columns;
        public float* X;
        public float* Weight;
        public float* Scales;
        public float* Gradient;
        public float* GradientX;
        public bool Accumulate;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            int whole = Columns / ILanes<T>.Width * ILanes<T>.Width, tail = Columns - whole;
            for (int row = start; row < end; row++)
            {
                float* x = X + ((nint)row * Columns);
                float* g = Gradient + ((nint)row * Columns);
                float* gx = GradientX + ((nint)row * Columns);
                T products = T.Zero;
                for (int i = 0; i < whole; i += ILanes<T>.Width)
                {
                    products = T.MultiplyAdd(T.Load(g + i) * T.Load(Weight + i), T.Load(x + i), products);
                }

                if (tail > 0)
                {
                    products = T.MultiplyAdd(T.LoadCount(g + whole, tail) * T.LoadCount(Weight + whole, tail), T.LoadCount(x + whole, tail), products);
                }

                float scale = Scales[row];
                T scales = T.Broadcast(scale), share = T.Broadcast(-scale * scale * scale * T.Sum(products) / Columns);
                for (int i = 0; i < whole; i += ILanes<T>.Width)
                {
                    T value = T.MultiplyAdd(T.Load(x + i), share, T.Load(g + i) * T.Load(Weight + i) * scales);
                    T.Store(gx + i, Accumulate ? T.Load(gx + i) + value : value);
                }

                if (tail > 0)
                {
                    T value = T.MultiplyAdd(
                        T.LoadCount(x + whole, tail), share, T.LoadCount(g + whole, tail) * T.LoadCount(Weight + whole, tail) * scales);
                    T.StoreCount(gx + whole, Accumulate ? T.LoadCount(gx + whole, tail) + value : value, tail);
                }
            }
        }
    }

    private struct RmsNormWeightWork : ILaneWork
    {
        public int Rows;
        public int Columns;
        public float* X;
        public float* Scales;
        public float* Gradient;
        public float* GradientWeight;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int block = start; block < end; block++)
            {
                int column = block * ILanes<T>.Width, count = Math.Min(ILanes<T>.Width, Columns - column);
                T sum = T.LoadCount(GradientWeight + column, count);
                for (int row = 0; row < Rows; row++)
                {
                    nint at = ((nint)row * Columns) + column;
                    T x = LanePart.Load<T>(X + at, count);
                    T g = LanePart.Load<T>(Gradient + at, count);
                    sum = T.MultiplyAdd(g, x * T.Broadcast(Scales[row]), sum);
                }

                T.StoreCount(GradientWeight + column, sum, count);
            }
        }
    }
}
