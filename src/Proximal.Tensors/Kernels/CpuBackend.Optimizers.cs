using System.Runtime.CompilerServices;
using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

internal sealed unsafe partial class CpuBackend
{
    /// <summary>Blocks whose sums <see cref="SquareSum"/> adds up.</summary>
    public static int SquareSumBlocks(int length) => BlocksOf(length);

    /// <summary>The sum of squares in double precision: blocks of one size, each in the order of its elements, then the blocks in theirs.</summary>
    public double SquareSum(float* x, int length, double[] partials)
    {
        int blocks = BlocksOf(length);
        fixed (double* sums = partials)
        {
            SquareSumWork job = new() { X = x, Sums = sums, Length = length };
            Workers.For(blocks, ItemsPerRange(SumBlock), ref job);
        }

        double sum = 0;
        for (int block = 0; block < blocks; block++)
        {
            sum += partials[block];
        }

        return sum;
    }

    /// <summary>x = p x + q y; a p of 0 drops x even where it is not finite.</summary>
    public void AddScaled(float* x, float* y, int length, float p, float q) =>
        For(length, ElementsPerShare, new AddScaledWork { X = x, Y = y, P = p, Q = q });

    /// <summary>b = mu b + (1 - mu) g, and u = b or, looking ahead, (1 - mu) g + mu b.</summary>
    public void MomentumDirection(float* g, float* b, float* u, int length, float mu, bool nesterov) =>
        For(length, ElementsPerShare, new MomentumDirectionWork { G = g, B = b, U = u, Mu = mu, Nesterov = nesterov });

    /// <summary>A step of gradient descent (see <see cref="Tensors.Optimizers.Sgd"/>); the momentum may be null.</summary>
    public void SgdStep(float* w, float* g, float* momentum, int length, float learningRate, float mu, float weightDecay, bool nesterov)
    {
        SgdWork work = new() { W = w, G = g, B = momentum, LearningRate = learningRate, Mu = mu, WeightDecay = weightDecay, Nesterov = nesterov };
        For(length, ElementsPerShare, work);
    }

    /// <summary>A step of Adam (see <see cref="Tensors.Optimizers.Adam"/>).</summary>
    public void AdamStep(float* w, float* g, float* m, float* v, int length, in AdamStep settings) =>
        For(length, ElementsPerShare, new AdamWork { W = w, G = g, M = m, V = v, Settings = settings });

    /// <summary>A step of RMSprop (see <see cref="Tensors.Optimizers.RmsProp"/>); v is its mean of squares.</summary>
    public void RmsPropStep(float* w, float* g, float* v, int length, float learningRate, float decay, float epsilon, float weightDecay)
    {
        RmsPropWork work = new() { W = w, G = g, V = v, LearningRate = learningRate, Decay = decay, Rest = 1 - decay, Epsilon = epsilon, WeightDecay = weightDecay };
        For(length, ElementsPerShare, work);
    }

    /// <summary>A step of Lion (see <see cref="Tensors.Optimizers.Lion"/>).</summary>
    public void LionStep(float* w, float* g, float* m, int length, in LionStep settings) =>
        For(length, ElementsPerShare, new LionWork { W = w, G = g, M = m, Settings = settings });

    private struct SquareSumWork : IRangeWork
    {
        public float* X;
        public double* Sums;
        public int Length;

        public readonly void Run(int start, int end, int worker)
        {
            for (int block = start; block < end; block++)
            {
                int from = block * SumBlock, to = Math.Min(Length, from + SumBlock);

                // Four running sums hide the latency of the additions.
                double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
                int i = from;
                for (; i + 4 <= to; i += 4)
                {
                    s0 += (double)X[i] * X[i];
                    s1 += (double)X[i + 1] * X[i + 1];
                    s2 += (double)X[i + 2] * X[i + 2];
                    s3 += (double)X[i + 3] * X[i + 3];
                }

                for (; i < to; i++)
                {
                    s0 += (double)X[i] * X[i];
                }

                Sums[block] = (s0 + s1) + (s2 + s3);
            }
        }
    }

    private struct AddScaledWork : ILaneWork
    {
        public float* X;
        public float* Y;
        public float P;
        public float Q;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            T p = T.Broadcast(P), q = T.Broadcast(Q);
            for (int i = start; i < end; i += 16)
            {
                int count = Math.Min(16, end - i);
                T term = Part<T>(Y + i, count) * q;
                AddTo(X + i, P == 0 ? term : T.MultiplyAdd(Part<T>(X + i, count), p, term), count, accumulate: false);
            }
        }
    }

    private struct MomentumDirectionWork : ILaneWork
    {
        public float* G;
        public float* B;
        public float* U;
        public float Mu;
        public bool Nesterov;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            T mu = T.Broadcast(Mu), rest = T.Broadcast(1 - Mu);
            for (int i = start; i < end; i += 16)
            {
                int count = Math.Min(16, end - i);
                T share = Part<T>(G + i, count) * rest;
                T direction = T.MultiplyAdd(Part<T>(B + i, count), mu, share);
                AddTo(B + i, direction, count, accumulate: false);
                AddTo(U + i, Nesterov ? T.MultiplyAdd(direction, mu, share) : direction, count, accumulate: false);
            }
        }
    }

    private struct SgdWork : ILaneWork
    {
        public float* W;
        public float* G;
        public float* B;
        public float LearningRate;
        public float Mu;
        public float WeightDecay;
        public bool Nesterov;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            T rate = T.Broadcast(-LearningRate), mu = T.Broadcast(Mu), decay = T.Broadcast(WeightDecay);
            for (int i = start; i < end; i += 16)
            {
                int count = Math.Min(16, end - i);
                T w = Part<T>(W + i, count);
                T g = T.MultiplyAdd(decay, w, Part<T>(G + i, count));
                if (B != null)
                {
                    T direction = T.MultiplyAdd(mu, Part<T>(B + i, count), g);
                    AddTo(B + i, direction, count, accumulate: false);
                    g = Nesterov ? T.MultiplyAdd(mu, direction, g) : direction;
                }

                AddTo(W + i, T.MultiplyAdd(rate, g, w), count, accumulate: false);
            }
        }
    }

    private struct RmsPropWork : ILaneWork
    {
        public float* W;
        public float* G;
        public float* V;
        public float LearningRate;
        public float Decay;
        public float Rest;
        public float Epsilon;
        public float WeightDecay;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            T rate = T.Broadcast(-LearningRate), decay = T.Broadcast(Decay), rest = T.Broadcast(Rest), epsilon = T.Broadcast(Epsilon), weightDecay = T.Broadcast(WeightDecay);
            for (int i = start; i < end; i += 16)
            {
                int count = Math.Min(16, end - i);
                T w = Part<T>(W + i, count);
                T g = T.MultiplyAdd(weightDecay, w, Part<T>(G + i, count));
                T v = T.MultiplyAdd(decay, Part<T>(V + i, count), rest * g * g);
                AddTo(V + i, v, count, accumulate: false);
                AddTo(W + i, T.MultiplyAdd(rate, g / (T.Sqrt(v) + epsilon), w), count, accumulate: false);
            }
        }
    }

    private struct AdamWork : ILaneWork
    {
        public float* W;
        public float* G;
        public float* M;
        public float* V;
        public AdamStep Settings;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            int i = start;
            for (; i <= end - 16; i += 16)
            {
                Sixteen<T>(i, 16);
            }

            if (i < end)
            {
                Sixteen<T>(i, end - i);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Sixteen<T>(int i, int count)
            where T : struct, ILanes<T>
        {
            T beta1 = T.Broadcast(Settings.Beta1), rest1 = T.Broadcast(Settings.OneMinusBeta1);
            T beta2 = T.Broadcast(Settings.Beta2), rest2 = T.Broadcast(Settings.OneMinusBeta2);
            T epsilon = T.Broadcast(Settings.Epsilon), scale = T.Broadcast(Settings.SecondMomentScale);
            T size = T.Broadcast(-Settings.StepSize), factor = T.Broadcast(Settings.WeightFactor), decay = T.Broadcast(Settings.GradientDecay);
            T w = Part<T>(W + i, count);
            T g = T.MultiplyAdd(decay, w, Part<T>(G + i, count));
            T m = T.MultiplyAdd(beta1, Part<T>(M + i, count), rest1 * g);
            T v = T.MultiplyAdd(beta2, Part<T>(V + i, count), rest2 * g * g);
            AddTo(M + i, m, count, accumulate: false);
            AddTo(V + i, v, count, accumulate: false);
            AddTo(W + i, T.MultiplyAdd(size, m / (T.Sqrt(v * scale) + epsilon), w * factor), count, accumulate: false);
        }
    }

    private struct LionWork : ILaneWork
    {
        public float* W;
        public float* G;
        public float* M;
        public LionStep Settings;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            T beta1 = T.Broadcast(Settings.Beta1), rest1 = T.Broadcast(Settings.OneMinusBeta1);
            T beta2 = T.Broadcast(Settings.Beta2), rest2 = T.Broadcast(Settings.OneMinusBeta2);
            T rate = T.Broadcast(-Settings.LearningRate), factor = T.Broadcast(Settings.WeightFactor);
            for (int i = start; i < end; i += 16)
            {
                int count = Math.Min(16, end - i);
                T g = Part<T>(G + i, count), m = Part<T>(M + i, count);
                T direction = LaneFunctions.Sign(T.MultiplyAdd(beta1, m, rest1 * g));
                AddTo(W + i, T.MultiplyAdd(rate, direction, Part<T>(W + i, count) * factor), count, accumulate: false);
                AddTo(M + i, T.MultiplyAdd(beta2, m, rest2 * g), count, accumulate: false);
            }
        }
    }
}
