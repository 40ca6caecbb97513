using System.Runtime.CompilerServices;
using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

internal sealed unsafe partial class CpuBackend
{
    /// <summary>y = f(x; p, q) for each element.</summary>
    public void Unary<TKernel>(float* x, float* y, int length, float p, float q)
        where TKernel : struct, IUnaryKernel =>
        For(length, ElementsPerShare, new UnaryWork<TKernel> { X = x, Y = y, P = p, Q = q });

    /// <summary>dx (+)= dy f'(x; p, q) for each element.</summary>
    public void UnaryGradient<TKernel>(float* x, float* y, float* dy, float* dx, int length, float p, float q, bool accumulate)
        where TKernel : struct, IUnaryKernel =>
        For(length, ElementsPerShare, new UnaryGradientWork<TKernel> { X = x, Y = y, Dy = dy, Dx = dx, P = p, Q = q, Accumulate = accumulate });

    /// <summary>z = f(x, y) for each element of the output.</summary>
    public void Binary<TKernel>(float* x, float* y, float* z, in StridePlan plan)
        where TKernel : struct, IBinaryKernel
    {
        BinaryWork<TKernel> work = new() { X = x, Y = y, Z = z, Plan = plan, Blocks = BlocksOf(plan) };
        For(plan.Rows * work.Blocks, ItemsPerRange(plan.Inner), work);
    }

    /// <summary>to (+)= dz times the partial derivative of f, laid out as the output.</summary>
    public void BinaryGradient<TKernel>(float* x, float* y, float* z, float* dz, float* to, in StridePlan plan, bool right, bool accumulate)
        where TKernel : struct, IBinaryKernel
    {
        BinaryGradientWork<TKernel> work = new()
        {
            X = x,
            Y = y,
            Z = z,
            Dz = dz,
            To = to,
            Plan = plan,
            Blocks = BlocksOf(plan),
            Right = right,
            Accumulate = accumulate,
        };
        For(plan.Rows * work.Blocks, ItemsPerRange(plan.Inner), work);
    }

    /// <summary>z = where(condition is not 0, x, y) for each element.</summary>
    public void Where(float* condition, float* x, float* y, float* z, int length) =>
        For(length, ElementsPerShare, new WhereWork { Condition = condition, X = x, Y = y, Z = z });

    /// <summary>to (+)= dz where the condition is not 0 (or, inverted, where it is), 0 elsewhere.</summary>
    public void MaskGradient(float* condition, float* dz, float* to, int length, bool inverted, bool accumulate) =>
        For(length, ElementsPerShare, new MaskGradientWork { Condition = condition, Dz = dz, To = to, Inverted = inverted, Accumulate = accumulate });

    private static int BlocksOf(in StridePlan plan) => (plan.Inner + ElementsPerShare - 1) / ElementsPerShare;

    private struct UnaryWork<TKernel> : ILaneWork
        where TKernel : struct, IUnaryKernel
    {
        public float* X;
        public float* Y;
        public float P;
        public float Q;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            T p = T.Broadcast(P), q = T.Broadcast(Q);
            int i = start;
            for (; i <= end - 16; i += 16)
            {
                T.Store(Y + i, TKernel.Forward(T.Load(X + i), p, q));
            }

            if (i < end)
            {
                T.StoreCount(Y + i, TKernel.Forward(T.LoadCount(X + i, end - i), p, q), end - i);
            }
        }
    }

    private struct UnaryGradientWork<TKernel> : ILaneWork
        where TKernel : struct, IUnaryKernel
    {
        public float* X;
        public float* Y;
        public float* Dy;
        public float* Dx;
        public float P;
        public float Q;
        public bool Accumulate;

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
            T slope = TKernel.Derivative(Part<T>(X + i, count), Part<T>(Y + i, count), T.Broadcast(P), T.Broadcast(Q));
            AddTo(Dx + i, Part<T>(Dy + i, count) * slope, count, Accumulate);
        }
    }

    /// <summary>
    /// Sixteen elements, or the first few. Loops over whole rows pass a constant count, so that the branch goes away and the lanes stay in registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Part<T>(float* source, int count)
        where T : struct, ILanes<T> => count == 16 ? T.Load(source) : T.LoadCount(source, count);

    /// <summary>Sixteen elements, or fewer, or one for all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Operand<T>(float* source, int step, int i, int count)
        where T : struct, ILanes<T> => step == 0 ? T.Broadcast(*source) : Part<T>(source + i, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo<T>(float* destination, T value, int count, bool accumulate)
        where T : struct, ILanes<T>
    {
        if (accumulate)
        {
            value = Part<T>(destination, count) + value;
        }

        if (count == 16)
        {
            T.Store(destination, value);
        }
        else
        {
            T.StoreCount(destination, value, count);
        }
    }

    private struct BinaryWork<TKernel> : ILaneWork
        where TKernel : struct, IBinaryKernel
    {
        public float* X;
        public float* Y;
        public float* Z;
        public StridePlan Plan;
        public int Blocks;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            int inner = Plan.Inner, stepX = Plan.InnerLeft, stepY = Plan.InnerRight;
            for (int item = start; item < end; item++)
            {
                (int row, int block) = Math.DivRem(item, Blocks);
                Plan.Offsets(row, out int offsetX, out int offsetY);
                float* x = X + offsetX;
                float* y = Y + offsetY;
                float* z = Z + ((long)row * inner);
                int last = Math.Min(inner, (block + 1) * ElementsPerShare);
                int i = block * ElementsPerShare;
                for (; i <= last - 16; i += 16)
                {
                    Sixteen<T>(x, stepX, y, stepY, z, i, 16);
                }

                if (i < last)
                {
                    Sixteen<T>(x, stepX, y, stepY, z, i, last - i);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Sixteen<T>(float* x, int stepX, float* y, int stepY, float* z, int i, int count)
            where T : struct, ILanes<T> =>
            AddTo(z + i, TKernel.Forward(Operand<T>(x, stepX, i, count), Operand<T>(y, stepY, i, count)), count, accumulate: false);
    }

    private struct BinaryGradientWork<TKernel> : ILaneWork
        where TKernel : struct, IBinaryKernel
    {
        public float* X;
        public float* Y;
        public float* Z;
        public float* Dz;
        public float* To;
        public StridePlan Plan;
        public int Blocks;
        public bool Right;
        public bool Accumulate;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            int inner = Plan.Inner, stepX = Plan.InnerLeft, stepY = Plan.InnerRight;
            for (int item = start; item < end; item++)
            {
                (int row, int block) = Math.DivRem(item, Blocks);
                Plan.Offsets(row, out int offsetX, out int offsetY);
                float* x = X + offsetX;
                float* y = Y + offsetY;
                long output = (long)row * inner;
                int last = Math.Min(inner, (block + 1) * ElementsPerShare);
                int i = block * ElementsPerShare;
                for (; i <= last - 16; i += 16)
                {
                    Sixteen<T>(x, stepX, y, stepY, output + i, i, 16);
                }

                if (i < last)
                {
                    Sixteen<T>(x, stepX, y, stepY, output + i, i, last - i);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Sixteen<T>(float* x, int stepX, float* y, int stepY, long output, int i, int count)
            where T : struct, ILanes<T>
        {
            T left = Operand<T>(x, stepX, i, count), right = Operand<T>(y, stepY, i, count), z = Part<T>(Z + output, count);
            T slope = Right ? TKernel.RightDerivative(left, right, z) : TKernel.LeftDerivative(left, right, z);
            AddTo(To + output, Part<T>(Dz + output, count) * slope, count, Accumulate);
        }
    }

    private struct WhereWork : ILaneWork
    {
        public float* Condition;
        public float* X;
        public float* Y;
        public float* Z;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int i = start; i < end; i += 16)
            {
                int count = Math.Min(16, end - i);
                T no = T.AreEqual(Part<T>(Condition + i, count), T.Zero);
                AddTo(Z + i, T.Select(no, Part<T>(Y + i, count), Part<T>(X + i, count)), count, accumulate: false);
            }
        }
    }

    private struct MaskGradientWork : ILaneWork
    {
        public float* Condition;
        public float* Dz;
        public float* To;
        public bool Inverted;
        public bool Accumulate;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int i = start; i < end; i += 16)
            {
                int count = Math.Min(16, end - i);
                T no = T.AreEqual(Part<T>(Condition + i, count), T.Zero), dz = Part<T>(Dz + i, count);
                AddTo(To + i, Inverted ? T.Select(no, dz, T.Zero) : T.Select(no, T.Zero, dz), count, Accumulate);
            }
        }
    }
}
