using System.Runtime.CompilerServices;
using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

internal sealed unsafe partial class CpuBackend
{
    /// <summary>y = silu(gate) · up, elementwise.</summary>
    public void SwiGlu(int count, float* gate, float* up, float* y)
    {
        SwiGluWork work = new() { Gate = gate, Up = up, Y = y };
        For(count, ElementsPerShare / 4, in work);
    }

    /// <summary>The same on the calling thread alone.</summary>
    public void SwiGluHere(int count, float* gate, float* up, float* y)
    {
        SwiGluWork work = new() { Gate = gate, Up = up, Y = y };
        Here(count, ref work);
    }

    /// <summary>Gradients of both factors; a null one is left out.</summary>
    public void SwiGluBackward(
        int count, float* gate, float* up, float* gradient, float* gradientGate, bool accumulateGate, float* gradientUp, bool accumulateUp)
    {
        SwiGluBackwardWork work = new()
        {
            Gate = gate,
            Up = up,
            Gradient = gradient,
            GradientGate = gradientGate,
            AccumulateGate = accumulateGate,
            GradientUp = gradientUp,
            AccumulateUp = accumulateUp,
        };
        For(count, ElementsPerShare / 4, in work);
    }

    private struct SwiGluWork : ILaneWork
    {
        public float* Gate;
        public float* Up;
        public float* Y;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            int i = start;
            for (; i <= end - ILanes<T>.Width; i += ILanes<T>.Width)
            {
                T.Store(Y + i, LaneMath.Silu(T.Load(Gate + i)) * T.Load(Up + i));
            }

            if (i < end)
            {
                T.StoreCount(Y + i, LaneMath.Silu(T.LoadCount(Gate + i, end - i)) * T.LoadCount(Up + i, end - i), end - i);
            }
        }
    }

    private struct SwiGluBackwardWork : ILaneWork
    {
        public float* Gate;
        public float* Up;
        public float* Gradient;
        public float* GradientGate;
        public bool AccumulateGate;
        public float* GradientUp;
        public bool AccumulateUp;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int i = start; i < end; i += ILanes<T>.Width)
            {
                int count = Math.Min(ILanes<T>.Width, end - i);
                T gate = Load<T>(Gate + i, count), gradient = Load<T>(Gradient + i, count);
                T sigmoid = LaneMath.Sigmoid(gate);
                if (GradientUp != null)
                {
                    Add(GradientUp + i, gradient * (gate * sigmoid), count, AccumulateUp);
                }

                if (GradientGate != null)
                {
                    T slope = sigmoid * T.MultiplyAdd(gate, T.Broadcast(1f) - sigmoid, T.Broadcast(1f));
                    Add(GradientGate + i, gradient * Load<T>(Up + i, count) * slope, count, AccumulateGate);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Load<T>(float* source, int count)
            where T : struct, ILanes<T> => count == ILanes<T>.Width ? T.Load(source) : T.LoadCount(source, count);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Add<T>(float* target, T value, int count, bool accumulate)
            where T : struct, ILanes<T>
        {
            value = accumulate ? Load<T>(target, count) + value : value;
            if (count == ILanes<T>.Width)
            {
                T.Store(target, value);
            }
            else
            {
                T.StoreCount(target, value, count);
            }
        }
    }
}
