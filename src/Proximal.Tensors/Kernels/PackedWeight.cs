namespace Proximal.Tensors.Kernels;

/// <summary>
/// The packed copies of a linear layer's weight W [out, in]: of Wᵀ for Y = X·Wᵀ and of W for dX = dY·W, each made at first use and made anew in the
/// same memory when the parameter's version moves. Several threads may ask at once.
/// </summary>
internal sealed unsafe class PackedWeight : IDisposable
{
    private static readonly Lock Creation = new();

    private readonly Lock packing = new();
    private Copy direct;
    private Copy transposed;

    private struct Copy
    {
        public PackedMatrix? Matrix;
        public int Version;
    }

    public static PackedWeight Of(Parameter weight)
    {
        if (weight.Packed is PackedWeight existing)
        {
            return existing;
        }

        lock (Creation)
        {
            if (weight.Packed is not PackedWeight packed)
            {
                packed = new PackedWeight();
                weight.Packed = packed;
            }

            return packed;
        }
    }

    /// <summary>The packed copy of the current values.</summary>
    /// <param name="weight">The parameter this belongs to.</param>
    /// <param name="transpose">Whether the right factor is Wᵀ [in, out] instead of W [out, in].</param>
    /// <param name="workers">Threads that share the packing.</param>
    public PackedMatrix Get(Parameter weight, bool transpose, Workers workers)
    {
        lock (packing)
        {
            ref Copy copy = ref transpose ? ref transposed : ref direct;
            if (copy.Matrix is null || copy.Version != weight.Version)
            {
                int rows = weight.Shape[0], columns = weight.Shape[1];
                copy.Matrix ??= transpose ? new PackedMatrix(columns, rows) : new PackedMatrix(rows, columns);
                copy.Matrix.Pack(workers, weight.Pointer, columns, transpose);
                copy.Version = weight.Version;
            }

            return copy.Matrix;
        }
    }

    public void Dispose()
    {
        direct.Matrix?.Dispose();
        transposed.Matrix?.Dispose();
    }
}
