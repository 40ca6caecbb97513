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
    private const int Accumulators = 12;

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
                        Chains<Vector512<float>, Registers512>(Results);
                        break;
                    case InstructionSet.Vector256:
                        Chains<Vector256<float>, Registers256>(Results);
                        break;
                    default:
                        Chains<Vector128<float>, Registers128>(Results);
                        break;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Chains<TVector, TRegisters>(float* results)
        where TVector : struct
        where TRegisters : struct, IRegisters<TVector>
    {
        TVector x = TRegisters.Broadcast(results);
        TVector c0 = x, c1 = x, c2 = x, c3 = x, c4 = x, c5 = x, c6 = x, c7 = x, c8 = x, c9 = x, c10 = x, c11 = x;
        for (int i = 0; i < Steps; i++)
        {
            c0 = TRegisters.MultiplyAdd(x, x, c0);
            c1 = TRegisters.MultiplyAdd(x, x, c1);
            c2 = TRegisters.MultiplyAdd(x, x, c2);
            c3 = TRegisters.MultiplyAdd(x, x, c3);
            c4 = TRegisters.MultiplyAdd(x, x, c4);
            c5 = TRegisters.MultiplyAdd(x, x, c5);
            c6 = TRegisters.MultiplyAdd(x, x, c6);
            c7 = TRegisters.MultiplyAdd(x, x, c7);
            c8 = TRegisters.MultiplyAdd(x, x, c8);
            c9 = TRegisters.MultiplyAdd(x, x, c9);
            c10 = TRegisters.MultiplyAdd(x, x, c10);
            c11 = TRegisters.MultiplyAdd(x, x, c11);
        }

        TRegisters.Store(c0, results + 0);
        TRegisters.Store(c1, results + 16);
        TRegisters.Store(c2, results + 32);
        TRegisters.Store(c3, results + 48);
        TRegisters.Store(c4, results + 64);
        TRegisters.Store(c5, results + 80);
        TRegisters.Store(c6, results + 96);
        TRegisters.Store(c7, results + 112);
        TRegisters.Store(c8, results + 128);
        TRegisters.Store(c9, results + 144);
        TRegisters.Store(c10, results + 160);
        TRegisters.Store(c11, results + 176);
    }
}
