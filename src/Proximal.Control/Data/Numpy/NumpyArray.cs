namespace Proximal.Control.Data.Numpy;

/// <summary>An array of a NumPy archive as 32-bit floats in row-major order.</summary>
internal sealed record NumpyArray(int[] Shape, float[] Values)
{
    /// <summary>Length of the first axis; 1 for a scalar.</summary>
    public int Rows => Shape.Length == 0 ? 1 : Shape[0];

    public override string ToString() => $"[{string.Join(", ", Shape)}]";
}
