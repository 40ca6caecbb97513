using Proximal.Tensors.Random;

namespace Proximal.Tensors.Kernels;

internal sealed unsafe partial class CpuBackend
{
    /// <summary>mask = 0 with the probability, 1 / (1 - probability) otherwise; element i takes half of position i / 2 of the stream.</summary>
    public void DropoutMask(float* mask, int length, double probability, in RandomStream stream)
    {
        DropoutMaskWork job = new()
        {
            Mask = mask,
            Length = length,
            Stream = stream,
            Threshold = (uint)Math.Min(uint.MaxValue, probability * (1.0 + uint.MaxValue)),
            Scale = (float)(1 / (1 - probability)),
        };
        Workers.For((int)(((long)length + 1) / 2), ItemsPerRange(16), ref job);
    }

    private struct DropoutMaskWork : IRangeWork
    {
        public float* Mask;
        public int Length;
        public RandomStream Stream;
        public uint Threshold;
        public float Scale;

        public readonly void Run(int start, int end, int worker)
        {
            for (int pair = start; pair < end; pair++)
            {
                ulong bits = Stream.Bits(pair);
                Mask[2L * pair] = (uint)bits < Threshold ? 0 : Scale;
                if ((2L * pair) + 1 < Length)
                {
                    Mask[(2L * pair) + 1] = (uint)(bits >> 32) < Threshold ? 0 : Scale;
                }
            }
        }
    }
}
