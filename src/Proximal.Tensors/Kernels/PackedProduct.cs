namespace Proximal.Tensors.Kernels;

/// <summary>One right factor in panels, where its product goes, and what the chains of multiply-adds start from.</summary>
/// <param name="panels">Panels of B.</param>
/// <param name="depth">Rows of a panel: the inner dimension.</param>
/// <param name="columns">Columns of B and C.</param>
/// <param name="c">First element of C.</param>
/// <param name="ldc">Floats from one row of C to the next.</param>
/// <param name="start">First element of the start, which may be C itself; null for zero.</param>
/// <param name="startStride">Floats from one row of the start to the next; 0 gives all rows the same.</param>
internal unsafe struct PackedProduct(float* panels, int depth, int columns, float* c, int ldc, float* start, int startStride)
{
    public float* Panels = panels;
    public int Depth = depth;
    public int Columns = columns;
    public float* C = c;
    public int Ldc = ldc;
    public float* Start = start;
    public int StartStride = startStride;

    /// <summary>A product with a packed matrix, which the caller keeps alive, from zero or from what C holds.</summary>
    public PackedProduct(PackedMatrix b, float* c, int ldc, bool accumulate)
        : this(b.Panels, b.Depth, b.Columns, c, ldc, accumulate ? c : null, ldc)
    {
    }

    /// <summary>A product with a packed matrix, which the caller keeps alive, from any start.</summary>
    public PackedProduct(PackedMatrix b, float* c, int ldc, float* start, int startStride)
        : this(b.Panels, b.Depth, b.Columns, c, ldc, start, startStride)
    {
    }
}
