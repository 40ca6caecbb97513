using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

internal sealed unsafe partial class CpuBackend
{
    /// <summary>y = softmax(x) for each row.</summary>
    public void Softmax(float* x, float* y, int rows, int length) =>
        For(rows, ItemsPerRange(length), new SoftmaxWork { X = x, Y = y, Length = length });

    /// <summary>dx (+)= y (dy - sum(y dy)) for each row.</summary>
    public void SoftmaxGradient(float* y, float* dy, float* dx, int rows, int length, bool accumulate) =>
        For(rows, ItemsPerRange(length), new SoftmaxGradientWork { Y = y, Dy = dy, Dx = dx, Length = length, Accumulate = accumulate });

    /// <summary>y = x - logsumexp(x) for each row.</summary>
    public void LogSoftmax(float* x, float* y, int rows, int length) =>
        For(rows, ItemsPerRange(length), new LogSoftmaxWork { X = x, Y = y, Length = length });

    /// <summary>dx (+)= dy - e^y sum(dy) for each row.</summary>
    public void LogSoftmaxGradient(float* y, float* dy, float* dx, int rows, int length, bool accumulate) =>
        For(rows, ItemsPerRange(length), new LogSoftmaxGradientWork { Y = y, Dy = dy, Dx = dx, Length = length, Accumulate = accumulate });

    /// <summary>y [rows] = the logarithm of the sum of e^x over each row.</summary>
    public void LogSumExp(float* x, float* y, int rows, int length) =>
        For(rows, ItemsPerRange(length), new LogSumExpWork { X = x, Y = y, Length = length });

    /// <summary>dx (+)= dy e^(x - y) for each row.</summary>
    public void LogSumExpGradient(float* x, float* y, float* dy, float* dx, int rows, int length, bool accumulate) =>
        For(rows, ItemsPerRange(length), new LogSumExpGradientWork { X = x, Y = y, Dy = dy, Dx = dx, Length = length, Accumulate = accumulate });

    private static float MaxRow<T>(float* x, int length)
        where T : struct, ILanes<T>
    {
        T largest = T.Broadcast(float.NegativeInfinity);
        int i = 0;
        for (; i <= length - 16; i += 16)
        {
            largest = T.Max(largest, T.Load(x + i));
        }

        if (i < length)
        {
            largest = T.Max(largest, LaneTail.Load<T>(x + i, length - i, float.NegativeInfinity));
        }

        return T.MaxOf(largest);
    }

    /// <summary>The largest element m and the sum of e^(x - m); the sum of an empty row is 0.</summary>
    private static float SumOfExponentials<T>(float* x, int length, out float largest)
        where T : struct, ILanes<T>
    {
        largest = MaxRow<T>(x, length);
        T shift = T.Broadcast(largest), sum = T.Zero;
        int i = 0;
        for (; i <= length - 16; i += 16)
        {
            sum += LaneMath.Exp(T.Load(x + i) - shift);
        }

        if (i < length)
        {
            sum += LaneMath.Exp(LaneTail.Load<T>(x + i, length - i, float.NegativeInfinity) - shift);
        }

        return T.Sum(sum);
    }

    private static float LogSumExpRow<T>(float* x, int length)
        where T : struct, ILanes<T>
    {
        float sum = SumOfExponentials<T>(x, length, out float largest);

        // Where the largest is infinite, x - m is no number: the row is empty, impossible everywhere or certain somewhere.
        return float.IsInfinity(largest) ? largest : largest + LaneTail.Scalar(LaneMath.Log(T.Broadcast(sum)));
    }

    private struct SoftmaxWork : ILaneWork
    {
        public float* X;
        public float* Y;
        public int Length;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int row = start; row < end; row++)
            {
                float* x = X + ((long)row * Length);
                float* y = Y + ((long)row * Length);
                T shift = T.Broadcast(MaxRow<T>(x, Length)), sum = T.Zero;
                int i = 0;
                for (; i <= Length - 16; i += 16)
                {
                    T exponential = LaneMath.Exp(T.Load(x + i) - shift);
                    sum += exponential;
                    T.Store(y + i, exponential);
                }

                if (i < Length)
                {
                    T exponential = LaneMath.Exp(LaneTail.Load<T>(x + i, Length - i, float.NegativeInfinity) - shift);
                    sum += exponential;
                    T.StoreCount(y + i, exponential, Length - i);
                }

                T scale = T.Broadcast(1f / T.Sum(sum));
                for (i = 0; i <= Length - 16; i += 16)
                {
                    T.Store(y + i, T.Load(y + i) * scale);
                }

                if (i < Length)
                {
                    T.StoreCount(y + i, T.LoadCount(y + i, Length - i) * scale, Length - i);
                }
            }
        }
    }

    private struct SoftmaxGradientWork : ILaneWork
    {
        public float* Y;
        public float* Dy;
        public float* Dx;
        public int Length;
        public bool Accumulate;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int row = start; row < end; row++)
            {
                float* y = Y + ((long)row * Length);
                float* dy = Dy + ((long)row * Length);
                float* dx = Dx + ((long)row * Length);
                T sum = T.Zero;
                int i = 0;
                for (; i <= Length - 16; i += 16)
                {
                    sum = T.MultiplyAdd(T.Load(y + i), T.Load(dy + i), sum);
                }

                if (i < Length)
                {
                    sum = T.MultiplyAdd(T.LoadCount(y + i, Length - i), T.LoadCount(dy + i, Length - i), sum);
                }

                T mean = T.Broadcast(T.Sum(sum));
                for (i = 0; i <= Length - 16; i += 16)
                {
                    AddTo(dx + i, T.Load(y + i) * (T.Load(dy + i) - mean), 16, Accumulate);
                }

                if (i < Length)
                {
                    int count = Length - i;
                    AddTo(dx + i, T.LoadCount(y + i, count) * (T.LoadCount(dy + i, count) - mean), count, Accumulate);
                }
            }
        }
    }

    private struct LogSoftmaxWork : ILaneWork
    {
        public float* X;
        public float* Y;
        public int Length;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int row = start; row < end; row++)
            {
                float* x = X + ((long)row * Length);
                float* y = Y + ((long)row * Length);
                T normalizer = T.Broadcast(LogSumExpRow<T>(x, Length));
                int i = 0;
                for (; i <= Length - 16; i += 16)
                {
                    AddTo(y + i, Part<T>(x + i, 16) - normalizer, 16, accumulate: false);
                }

                if (i < Length)
                {
                    AddTo(y + i, Part<T>(x + i, Length - i) - normalizer, Length - i, accumulate: false);
                }
            }
        }
    }

    private struct LogSoftmaxGradientWork : ILaneWork
    {
        public float* Y;
        public float* Dy;
        public float* Dx;
        public int Length;
        public bool Accumulate;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int row = start; row < end; row++)
            {
                float* y = Y + ((long)row * Length);
                float* dy = Dy + ((long)row * Length);
                float* dx = Dx + ((long)row * Length);
                T sum = T.Broadcast(SumRow<T>(dy, Length));
                int i = 0;
                for (; i <= Length - 16; i += 16)
                {
                    AddTo(dx + i, Part<T>(dy + i, 16) - (LaneMath.Exp(Part<T>(y + i, 16)) * sum), 16, Accumulate);
                }

                if (i < Length)
                {
                    AddTo(dx + i, Part<T>(dy + i, Length - i) - (LaneMath.Exp(Part<T>(y + i, Length - i)) * sum), Length - i, Accumulate);
                }
            }
        }
    }

    private struct LogSumExpWork : ILaneWork
    {
        public float* X;
        public float* Y;
        public int Length;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int row = start; row < end; row++)
            {
                Y[row] = LogSumExpRow<T>(X + ((long)row * Length), Length);
            }
        }
    }

    private struct LogSumExpGradientWork : ILaneWork
    {
        public float* X;
        public float* Y;
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
                float* dx = Dx + ((long)row * Length);
                T y = T.Broadcast(Y[row]), dy = T.Broadcast(Dy[row]);
                int i = 0;
                for (; i <= Length - 16; i += 16)
                {
                    AddTo(dx + i, dy * LaneMath.Exp(Part<T>(x + i, 16) - y), 16, Accumulate);
                }

                if (i < Length)
                {
                    AddTo(dx + i, dy * LaneMath.Exp(Part<T>(x + i, Length - i) - y), Length - i, Accumulate);
                }
            }
        }
    }
}
