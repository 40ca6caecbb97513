using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

/// <summary>Work on ranges (see <see cref="IRangeWork"/>) that is written once for all widths of registers.</summary>
internal interface ILaneWork
{
    void Run<T>(int start, int end)
        where T : struct, ILanes<T>;
}
