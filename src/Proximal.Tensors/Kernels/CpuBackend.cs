namespace Proximal.Tensors.Kernels;

/// <summary>
/// Every kernel of the engine on the processor, one file a family. A kernel works on pointers and sizes and knows no tape; it gives a row
/// the same bits whatever other rows are there and however many workers share the work. Another device is another class of this shape.
/// </summary>
internal sealed partial class CpuBackend(Workers workers)
{
    public Workers Workers { get; } = workers;
}
