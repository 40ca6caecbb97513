using System.Runtime.CompilerServices;
using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

internal sealed unsafe partial class CpuBackend
{
    /// <summary>destination[i] = source[indices[i]] for rows of equal length.</summary>
    public void GatherRows(int rows, int columns, float* source, int* indices, float* destination)
    {
        GatherWork work = new() { Columns = columns, Source = source, Indices = indices, Destination = destination };
        Workers.For(rows, Math.Max(1, ElementsPerShare / Math.Max(1, columns)), ref work);
    }

    /// <summary>destination[indices[i]] += source[i], in the order of i: workers divide the columns.</summary>
    public void ScatterAdd(int rows, int columns, float* source, int* indices, float* destination)
    {
        ScatterWork work = new() { Rows = rows, Columns = columns, Source = source, Indices = indices, Destination = destination };

        // Whole cache lines, so that two threads never write to one.
        int blocks = (columns + ILanes<Lanes128>.Width - 1) / ILanes<Lanes128>.Width;
        For(blocks, Math.Max(1, ElementsPerShare / Math.Max(1, rows * ILanes<Lanes128>.Width)), in work);
    }

    private struct GatherWork : IRangeWork
    {
        public int Columns;
        public float* Source;
        public int* Indices;
        public float* Destination;

        public readonly void Run(int start, int end, int worker)
        {
            for (int row = start; row < end; row++)
            {
                Unsafe.CopyBlock(Destination + ((nint)row * Columns), Source + ((nint)Indices[row] * Columns), (uint)Columns * sizeof(float));
            }
        }
    }

    private struct ScatterWork : ILaneWork
    {
        public int Rows;
        public int Columns;
        public float* Source;
        public int* Indices;
        public float* Destination;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            int first = start * ILanes<T>.Width, last = Math.Min(end * ILanes<T>.Width, Columns);
            for (int row = 0; row < Rows; row++)
            {
                float* source = Source + ((nint)row * Columns);
                float* destination = Destination + ((nint)Indices[row] * Columns);
                int i = first;
                for (; i <= last - ILanes<T>.Width; i += ILanes<T>.Width)
                {
                    T.Store(destination + i, T.Load(destination + i) + T.Load(source + i));
                }

                for (; i < last; i++)
                {
                    destination[i] += source[i];
                }
            }
        }
    }
}
