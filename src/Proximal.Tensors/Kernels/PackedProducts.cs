using System.Runtime.CompilerServices;

namespace Proximal.Tensors.Kernels;

/// <summary>The products that share one left factor, inside a piece of work.</summary>
[InlineArray(Capacity)]
internal struct PackedProducts
{
    /// <summary>The largest number of products in one call.</summary>
    public const int Capacity = 4;

    private PackedProduct first;
}
