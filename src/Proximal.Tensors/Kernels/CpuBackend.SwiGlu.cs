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
            for (int i = start; i < end; i += ILanes<T>.Width)
            {
                LanePart.Store(Y + i, LaneMath.Silu(LanePart.Load<T>(Gate + i, end - i)) * LanePart.Load<T>(Up + i, end - i), end - i);
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
                int count = end - i;
                T gate = LanePart.Load<T>(Gate + i, count), gradient = LanePart.Load<T>(Gradient + i, count);
                T sigmoid = LaneMath.Sigmoid(gate);
                if (GradientUp != null)
                {
                    LanePart.Put(GradientUp + i, gradient * (gate * sigmoid), count, AccumulateUp);
                }

                if (GradientGate != null)
                {
                    T slope = sigmoid * T.MultiplyAdd(gate, T.Broadcast(1f) - sigmoid, T.Broadcast(1f));
                    LanePart.Put(GradientGate + i, gradient * LanePart.Load<T>(Up + i, count) * slope, count, AccumulateGate);
                }
            }
        }
    }
}
