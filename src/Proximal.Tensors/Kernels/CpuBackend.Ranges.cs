namespace Proximal.Tensors.Kernels;

internal sealed partial class CpuBackend
{
    private static int ItemsPerRange(long elementsPerItem) => (int)Math.Max(1, ElementsPerShare / Math.Max(1, elementsPerItem));
}
