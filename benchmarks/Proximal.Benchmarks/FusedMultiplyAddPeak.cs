using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Proximal.Tensors;
using Proximal.Tensors.Kernels;
using Proximal.Tensors.Memory;

namespace Proximal.Benchmarks;

/// <summary>What the multiply-add units give when nothing has to be loaded: the roof of every matrix product.</summary>
internal static unsafe class FusedMultiplyAddPeak
{
    private const int Steps = 1 << 18;
    private const int Accumulators = 16;

    /// <summary>Multiply-adds count two operations; in GFLOPS, by wall clock and by processor time of one thread.</summary>
    public static (double Wall, double Processor) Measure(Workers workers)
    {
        using NativeBuffer results = new(16 * Accumulators * sizeof(float));
        PeakWork work = new() { Results = results.Floats };
        int count = workers.Count * 4;
        Measurement time = Measurement.Of(() => workers.For(count, 1, ref work));
        double operations = 2.0 * Steps * Accumulators * Vector * count;
        return (operations / time.Best / 1e9, operations / time.Processor / 1e9);
    }

    private static int Vector => InstructionSets.Widest switch
    {
        InstructionSet.Vector512 => 16,
        InstructionSet.Vector256 => 8,
        _ => 4,
    };

    private struct PeakWork : IRangeWork
    {
        public float* Results;

        public readonly void Run(int start, int end, int worker)
        {
            for (int i = start; i < end; i++)
            {
                switch (InstructionSets.Widest)
                {
                    case InstructionSet.Vector512:
                        Chains<Vector512<float>, Lanes512>(Results);
                        break;
                    case InstructionSet.Vector256:
                        Chains<Vector256<float>, Lanes256>(Results);
                        break;
                    default:
                        Chains<Vector128<float>, Lanes128>(Results);
                        break;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Chains<TVector, TLanes>(float* results)
        where TVector : struct
        where TLanes : struct, ILanes<TVector>
    {
        TVector x = TLanes.Broadcast(results);
        TVector c0 = x, c1 = x, c2 = x, c3 = x, c4 = x, c5 = x, c6 = x, c7 = x, c8 = x, c9 = x, c10 = x, c11 = x, c12 = x, c13 = x, c14 = x, c15 = x;
        for (int i = 0; i < Steps; i++)
        {
            c0 = TLanes.MultiplyAdd(x, x, c0);
            c1 = TLanes.MultiplyAdd(x, x, c1);
            c2 = TLanes.MultiplyAdd(x, x, c2);
            c3 = TLanes.MultiplyAdd(x, x, c3);
            c4 = TLanes.MultiplyAdd(x, x, c4);
            c5 = TLanes.MultiplyAdd(x, x, c5);
            c6 = TLanes.MultiplyAdd(x, x, c6);
            c7 = TLanes.MultiplyAdd(x, x, c7);
            c8 = TLanes.MultiplyAdd(x, x, c8);
            c9 = TLanes.MultiplyAdd(x, x, c9);
            c10 = TLanes.MultiplyAdd(x, x, c10);
            c11 = TLanes.MultiplyAdd(x, x, c11);
            c12 = TLanes.MultiplyAdd(x, x, c12);
            c13 = TLanes.MultiplyAdd(x, x, c13);
            c14 = TLanes.MultiplyAdd(x, x, c14);
            c15 = TLanes.MultiplyAdd(x, x, c15);
        }

        TLanes.Store(c0, results + 0);
        TLanes.Store(c1, results + 16);
        TLanes.Store(c2, results + 32);
        TLanes.Store(c3, results + 48);
        TLanes.Store(c4, results + 64);
        TLanes.Store(c5, results + 80);
        TLanes.Store(c6, results + 96);
        TLanes.Store(c7, results + 112);
        TLanes.Store(c8, results + 128);
        TLanes.Store(c9, results + 144);
        TLanes.Store(c10, results + 160);
        TLanes.Store(c11, results + 176);
        TLanes.Store(c12, results + 192);
        TLanes.Store(c13, results + 208);
        TLanes.Store(c14, results + 224);
        TLanes.Store(c15, results + 240);
    }
}
