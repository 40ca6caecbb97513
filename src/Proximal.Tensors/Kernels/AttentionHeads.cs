namespace Proximal.Tensors.Kernels;

/// <summary>Sizes of grouped-query attention: <see cref="Queries"/> / <see cref="Keys"/> query heads share one head of keys and values.</summary>
internal readonly record struct AttentionHeads(int Queries, int Keys, int Dimension)
{
    /// <summary>Query heads that share a head of keys and values.</summary>
    public int Group => Queries / Keys;

    /// <summary>Floats of a row of queries or outputs.</summary>
    public int QueryStride => Queries * Dimension;

    /// <summary>Floats of a row of keys or values.</summary>
    public int KeyStride => Keys * Dimension;

    /// <summary>The dimension rounded up to whole lanes.</summary>
    public int PaddedDimension => (Dimension + 15) / 16 * 16;

    /// <summary>What scores are multiplied with: 1 / sqrt(dimension).</summary>
    public float Scale => 1f / MathF.Sqrt(Dimension);
}
