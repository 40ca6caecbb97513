using System.Runtime.CompilerServices;
using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

internal sealed unsafe partial class CpuBackend
{
    /// <summary>Turns the heads of each row by the angles of its position; the first and second halves of a head form the pairs.</summary>
    /// <param name="table">Cosines and sines.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="heads">Heads in a row.</param>
    /// <param name="positions">Position of each row.</param>
    /// <param name="x">Input [rows, heads · headDimension].</param>
    /// <param name="y">Output; may be the input.</param>
    /// <param name="inverse">Whether to turn back, as gradients do.</param>
    /// <param name="accumulate">Whether to add to the output.</param>
    public void Rotate(RotaryTable table, int rows, int heads, int* positions, float* x, float* y, bool inverse, bool accumulate)
    {
        RotaryWork work = new()
        {
            Table = table.Row(0),
            HeadDimension = table.HeadDimension,
            Heads = heads,
            Positions = positions,
            X = x,
            Y = y,
            Inverse = inverse,
            Accumulate = accumulate,
        };
        ForRows(rows, heads * table.HeadDimension, in work);
        GC.KeepAlive(table);
    }

    /// <summary>The same, forward and in place, on the calling thread alone.</summary>
    public void RotateHere(RotaryTable table, int rows, int heads, int* positions, float* x)
    {
        RotaryWork work = new()
        {
            Table = table.Row(0),
            HeadDimension = table.HeadDimension,
            Heads = heads,
            Positions = positions,
            X = x,
            Y = x,
        };
        Here(rows, ref work);
        GC.KeepAlive(table);
    }

    private struct RotaryWork : ILaneWork
    {
        public float* Table;
        public int HeadDimension;
        public int Heads;
        public int* Positions;
        public float* X;
        public float* Y;
        public bool Inverse;
        public bool Accumulate;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            int half = HeadDimension / 2;
            T sign = T.Broadcast(Inverse ? -1f : 1f);
            for (int row = start; row < end; row++)
            {
                float* cosines = Table + ((nint)Positions[row] * HeadDimension);
                nint at = (nint)row * Heads * HeadDimension;
                for (int head = 0; head < Heads; head++, at += HeadDimension)
                {
                    int i = 0;
                    for (; i <= half - ILanes<T>.Width; i += ILanes<T>.Width)
                    {
                        Turn(
                            T.Load(cosines + i), T.Load(cosines + half + i) * sign, T.Load(X + at + i), T.Load(X + at + half + i), out T first, out T second);
                        T.Store(Y + at + i, Accumulate ? T.Load(Y + at + i) + first : first);
                        T.Store(Y + at + half + i, Accumulate ? T.Load(Y + at + half + i) + second : second);
                    }

                    int count = half - i;
                    if (count > 0)
                    {
                        Turn(
                            T.LoadCount(cosines + i, count),
                            T.LoadCount(cosines + half + i, count) * sign,
                            T.LoadCount(X + at + i, count),
                            T.LoadCount(X + at + half + i, count),
                            out T first,
                            out T second);
                        T.StoreCount(Y + at + i, Accumulate ? T.LoadCount(Y + at + i, count) + first : first, count);
                        T.StoreCount(Y + at + half + i, Accumulate ? T.LoadCount(Y + at + half + i, count) + second : second, count);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Turn<T>(T cosine, T sine, T first, T second, out T turnedFirst, out T turnedSecond)
            where T : struct, ILanes<T>
        {
            turnedFirst = T.MultiplyAdd(T.Zero - second, sine, first * cosine);
            turnedSecond = T.MultiplyAdd(first, sine, second * cosine);
        }
    }
}
