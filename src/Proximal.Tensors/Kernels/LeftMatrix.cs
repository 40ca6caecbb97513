namespace Proximal.Tensors.Kernels;

/// <summary>A left factor A [rows, depth] where the caller has it.</summary>
/// <param name="data">First element.</param>
/// <param name="stride">Floats from one row in memory to the next.</param>
/// <param name="transposed">Whether memory holds [depth, rows].</param>
internal readonly unsafe struct LeftMatrix(float* data, int stride, bool transposed)
{
    public readonly float* Data = data;
    public readonly int Stride = stride;
    public readonly bool Transposed = transposed;

    /// <summary>The matrix without its first rows and columns.</summary>
    public LeftMatrix From(int row, int column) =>
        new(Transposed ? Data + ((nint)column * Stride) + row : Data + ((nint)row * Stride) + column, Stride, Transposed);
}
