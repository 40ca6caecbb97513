using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

/// <summary>What a linear layer needs beside its matrix products.</summary>
internal sealed unsafe partial class CpuBackend
{
    private const int LaneWidth = 16;

    /// <summary>target[column] = (accumulate ? target[column] : 0) + sum of the column, added in the order of the rows.</summary>
    /// <param name="rows">Rows of the source.</param>
    /// <param name="columns">Columns of the source.</param>
    /// <param name="source">[rows, columns].</param>
    /// <param name="target">[columns].</param>
    /// <param name="accumulate">Whether the sums start from the target.</param>
    public void AddRowsInOrder(int rows, int columns, float* source, float* target, bool accumulate)
    {
        int groups = (columns + LaneWidth - 1) / LaneWidth;
        For(groups, Math.Max(1, ElementsPerShare / Math.Max(1, rows * LaneWidth)), new RowSumWork(rows, columns, source, target, accumulate));
    }

    /// <summary>target = (accumulate ? target : 0) + left + right, element by element; left is one row for all where its stride is 0.</summary>
    public void AddRowwise(int rows, int columns, float* left, int leftStride, float* right, float* target, bool accumulate) =>
        ForRows(rows, columns, new RowwiseWork(columns, left, leftStride, right, target, accumulate));

    private readonly struct RowSumWork(int rows, int columns, float* source, float* target, bool accumulate) : ILaneWork
    {
        public void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int group = start; group < end; group++)
            {
                int column = group * LaneWidth, count = Math.Min(LaneWidth, columns - column);
                T sum = accumulate ? T.LoadCount(target + column, count) : T.Zero;
                float* line = source + column;
                for (int row = 0; row < rows; row++, line += columns)
                {
                    sum += T.LoadCount(line, count);
                }

                T.StoreCount(target + column, sum, count);
            }
        }
    }

    private readonly struct RowwiseWork(int columns, float* left, int leftStride, float* right, float* target, bool accumulate) : ILaneWork
    {
        public void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int row = start; row < end; row++)
            {
                for (int column = 0; column < columns; column += LaneWidth)
                {
                    int count = Math.Min(LaneWidth, columns - column);
                    nint offset = ((nint)row * columns) + column;
                    T sum = T.LoadCount(left + ((nint)row * leftStride) + column, count);
                    sum = right == null ? sum : sum + T.LoadCount(right + offset, count);
                    T.StoreCount(target + offset, accumulate ? T.LoadCount(target + offset, count) + sum : sum, count);
                }
            }
        }
    }
}
