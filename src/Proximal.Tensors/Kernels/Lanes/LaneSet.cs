using System.Runtime.Intrinsics;

namespace Proximal.Tensors.Kernels.Lanes;

/// <summary>How the 16 lanes of the kernels map to registers. The choice changes the speed and never a bit of a result.</summary>
internal enum LaneSet
{
    /// <summary>Four registers of 128 bits: NEON, SSE, or the portable fallback.</summary>
    Four128,

    /// <summary>Two registers of 256 bits: AVX2.</summary>
    Two256,

    /// <summary>One register of 512 bits: AVX-512.</summary>
    One512,
}

/// <summary>Facts about lane sets on this processor.</summary>
internal static class LaneSets
{
    /// <summary>The widest that this processor accelerates.</summary>
    public static LaneSet Widest =>
        Vector512.IsHardwareAccelerated ? LaneSet.One512 : Vector256.IsHardwareAccelerated ? LaneSet.Two256 : LaneSet.Four128;
}
