namespace Proximal.Tensors.Kernels;

/// <summary>A number of rows as a type, so that the compiler makes a kernel of its own for each and drops the accumulators of the others.</summary>
internal interface IRowCount
{
    static abstract int Count { get; }
}
