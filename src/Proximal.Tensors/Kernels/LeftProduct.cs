namespace Proximal.Tensors.Kernels;

/// <summary>One left factor and where its product with a right factor goes.</summary>
/// <param name="a">A.</param>
/// <param name="rows">Rows of A and C.</param>
/// <param name="c">First element of C.</param>
/// <param name="ldc">Floats from one row of C to the next.</param>
/// <param name="accumulate">Whether the chains start from C.</param>
internal readonly unsafe struct LeftProduct(LeftMatrix a, int rows, float* c, int ldc, bool accumulate)
{
    public readonly LeftMatrix A = a;
    public readonly int Rows = rows;
    public readonly float* C = c;
    public readonly int Ldc = ldc;
    public readonly bool Accumulate = accumulate;
}
