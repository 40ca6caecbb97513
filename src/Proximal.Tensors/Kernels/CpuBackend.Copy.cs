using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Proximal.Tensors.Kernels;

internal sealed unsafe partial class CpuBackend
{
    /// <summary>Copies or adds equally long blocks that lie at fixed distances.</summary>
    public void CopyBlocks(float* source, int sourceStep, float* destination, int destinationStep, int count, int length, bool accumulate)
    {
        if (sourceStep == length && destinationStep == length)
        {
            Copy(source, destination, count * length, accumulate);
            return;
        }

        CopyBlocksWork job = new()
        {
            Source = source,
            SourceStep = sourceStep,
            Destination = destination,
            DestinationStep = destinationStep,
            Length = length,
            Accumulate = accumulate,
        };
        Workers.For(length == 0 ? 0 : count, ItemsPerRange(length), ref job);
    }

    /// <summary>Copies or adds consecutive elements.</summary>
    public void Copy(float* source, float* destination, int length, bool accumulate)
    {
        CopyWork job = new() { Source = source, Destination = destination, Accumulate = accumulate };
        Workers.For(length, ElementsPerShare, ref job);
    }

    /// <summary>Sets equally long blocks that lie at fixed distances to one value.</summary>
    public void FillBlocks(float* destination, int step, int count, int length, float value)
    {
        FillBlocksWork job = new() { Destination = destination, Step = step, Length = length, Value = value };
        Workers.For(length == 0 ? 0 : count, ItemsPerRange(length), ref job);
    }

    /// <summary>Copies or adds elements in the order of a plan (its left operand) to consecutive places.</summary>
    public void CopyStrided(float* source, float* destination, in StridePlan plan, bool accumulate)
    {
        CopyStridedWork job = new() { Source = source, Destination = destination, Plan = plan, Accumulate = accumulate };
        int rank = plan.Rank;
        if (rank >= 2 && plan.Left(rank - 2) == 1 && plan.InnerLeft != 1)
        {
            // Reading down columns touches one cache line an element; sixteen rows of the output share each line.
            job.Tile = Vector512<float>.Count;
            int tiles = (plan.Size(rank - 2) + job.Tile - 1) / job.Tile;
            job.TilesPerMatrix = tiles;
            int matrices = plan.Rows / Math.Max(1, plan.Size(rank - 2));
            Workers.For(plan.Inner == 0 ? 0 : matrices * tiles, ItemsPerRange(plan.Inner * job.Tile), ref job);
            return;
        }

        Workers.For(plan.Inner == 0 ? 0 : plan.Rows, ItemsPerRange(plan.Inner), ref job);
    }

    private static void AddRow(float* source, float* destination, int length)
    {
        int i = 0;
        for (; i + Vector512<float>.Count <= length; i += Vector512<float>.Count)
        {
            (Vector512.Load(destination + i) + Vector512.Load(source + i)).Store(destination + i);
        }

        for (; i < length; i++)
        {
            destination[i] += source[i];
        }
    }

    private static void CopyRow(float* source, float* destination, int length, bool accumulate)
    {
        if (accumulate)
        {
            AddRow(source, destination, length);
        }
        else
        {
            NativeMemory.Copy(source, destination, (nuint)length * sizeof(float));
        }
    }

    private struct CopyWork : IRangeWork
    {
        public float* Source;
        public float* Destination;
        public bool Accumulate;

        public readonly void Run(int start, int end, int worker) => CopyRow(Source + start, Destination + start, end - start, Accumulate);
    }

    private struct CopyBlocksWork : IRangeWork
    {
        public float* Source;
        public float* Destination;
        public int SourceStep;
        public int DestinationStep;
        public int Length;
        public bool Accumulate;

        public readonly void Run(int start, int end, int worker)
        {
            for (int i = start; i < end; i++)
            {
                CopyRow(Source + ((long)i * SourceStep), Destination + ((long)i * DestinationStep), Length, Accumulate);
            }
        }
    }

    private struct FillBlocksWork : IRangeWork
    {
        public float* Destination;
        public int Step;
        public int Length;
        public float Value;

        public readonly void Run(int start, int end, int worker)
        {
            for (int i = start; i < end; i++)
            {
                new Span<float>(Destination + ((long)i * Step), Length).Fill(Value);
            }
        }
    }

    private struct CopyStridedWork : IRangeWork
    {
        public float* Source;
        public float* Destination;
        public StridePlan Plan;
        public bool Accumulate;
        public int Tile;
        public int TilesPerMatrix;

        public readonly void Run(int start, int end, int worker)
        {
            if (Tile != 0)
            {
                RunTiles(start, end);
                return;
            }

            int inner = Plan.Inner, step = Plan.InnerLeft;
            for (int row = start; row < end; row++)
            {
                Plan.Offsets(row, out int offset, out _);
                float* source = Source + offset;
                float* destination = Destination + ((long)row * inner);
                if (step == 1)
                {
                    CopyRow(source, destination, inner, Accumulate);
                    continue;
                }

                for (int i = 0; i < inner; i++)
                {
                    destination[i] = (Accumulate ? destination[i] : 0) + source[(long)i * step];
                }
            }
        }

        private readonly void RunTiles(int start, int end)
        {
            int inner = Plan.Inner, step = Plan.InnerLeft, rows = Plan.Size(Plan.Rank - 2);
            for (int item = start; item < end; item++)
            {
                (int matrix, int tile) = Math.DivRem(item, TilesPerMatrix);
                int first = tile * Tile, count = Math.Min(Tile, rows - first);
                Plan.Offsets((matrix * rows) + first, out int offset, out _);
                float* source = Source + offset;
                float* destination = Destination + (((long)matrix * rows) + first) * inner;
                for (int column = 0; column < inner; column++)
                {
                    for (int row = 0; row < count; row++)
                    {
                        float* to = destination + ((long)row * inner) + column;
                        *to = (Accumulate ? *to : 0) + source[((long)column * step) + row];
                    }
                }
            }
        }
    }
}
