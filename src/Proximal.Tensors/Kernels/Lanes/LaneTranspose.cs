namespace Proximal.Tensors.Kernels.Lanes;

/// <summary>Moves between rows in memory and lanes: row i of a matrix is lane i.</summary>
internal static unsafe class LaneTranspose
{
    /// <summary>lanes[d][i] = rows[i][d], with +0 in lanes that have no row.</summary>
    /// <param name="count">Number of rows, at most 16.</param>
    /// <param name="columns">Number of d.</param>
    /// <param name="rows">First row.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="lanes">[columns, 16]</param>
    public static void ToLanes(int count, int columns, float* rows, nint stride, float* lanes)
    {
        const int width = ILanes<Lanes128>.Width;
        for (int i = 0; i < count; i++)
        {
            float* row = rows + (i * stride);
            for (int d = 0; d < columns; d++)
            {
                lanes[(d * width) + i] = row[d];
            }
        }

        for (int i = count; i < width; i++)
        {
            for (int d = 0; d < columns; d++)
            {
                lanes[(d * width) + i] = 0;
            }
        }
    }

    /// <summary>rows[i][d] = (accumulate ? rows[i][d] : 0) + lanes[d][i].</summary>
    public static void FromLanes(int count, int columns, float* lanes, float* rows, nint stride, bool accumulate)
    {
        const int width = ILanes<Lanes128>.Width;
        for (int i = 0; i < count; i++)
        {
            float* row = rows + (i * stride);
            for (int d = 0; d < columns; d++)
            {
                float value = lanes[(d * width) + i];
                row[d] = accumulate ? row[d] + value : value;
            }
        }
    }
}
