namespace Proximal.Tensors.Kernels;

/// <summary>One right factor in panels, and where its product goes.</summary>
/// <param name="panels">Panels of B.</param>
/// <param name="depth">Rows of a panel: the inner dimension.</param>
/// <param name="columns">Columns of B and C.</param>
/// <param name="c">First element of C.</param>
/// <param name="ldc">Floats from one row of C to the next.</param>
/// <param name="accumulate">Whether the chains start from C instead of zero.</param>
internal unsafe struct PackedProduct(float* panels, int depth, int columns, float* c, int ldc, bool accumulate)
{
    public float* Panels = panels;
    public int Depth = depth;
    public int Columns = columns;
    public float* C = c;
    public int Ldc = ldc;
    public bool Accumulate = accumulate;

    /// <summary>A product with a packed matrix, which the caller keeps alive.</summary>
    public PackedProduct(PackedMatrix b, float* c, int ldc, bool accumulate)
        : this(b.Panels, b.Depth, b.Columns, c, ldc, accumulate)
    {
    }
}
