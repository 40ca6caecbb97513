using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

internal sealed partial class CpuBackend
{
    /// <summary>Registers that the kernels use. Narrower ones than the widest are for tests: the results are the same.</summary>
    public LaneSet LaneSet { get; set; } = LaneSets.Widest;
}
