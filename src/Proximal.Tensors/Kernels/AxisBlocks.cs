namespace Proximal.Tensors.Kernels;

/// <summary>A part of one axis as equally long blocks of memory: <see cref="Count"/> blocks, one every <see cref="Step"/> elements.</summary>
internal readonly struct AxisBlocks(Shape shape, int axis, int start, int length)
{
    private readonly int inner = shape.Product(axis + 1, shape.Rank);

    public int Offset => start * inner;

    public int Step { get; } = shape.Product(axis, shape.Rank);

    public int Count { get; } = shape.Product(0, axis);

    public int Length => length * inner;
}
