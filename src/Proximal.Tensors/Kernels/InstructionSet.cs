using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Proximal.Tensors.Kernels;

/// <summary>
/// The vector widths that the matrix kernels are written for. Wherever multiply-adds are fused all of them give the same bits, because each
/// element is one chain over the inner dimension whatever the width.
/// </summary>
internal enum InstructionSet
{
    /// <summary>128 bits: NEON, and every other processor.</summary>
    Vector128,

    /// <summary>256 bits: AVX2 with FMA.</summary>
    Vector256,

    /// <summary>512 bits: AVX-512.</summary>
    Vector512,
}

/// <summary>What this processor has.</summary>
internal static class InstructionSets
{
    /// <summary>The widest set of this processor.</summary>
    public static InstructionSet Widest { get; } =
        Avx512F.IsSupported ? InstructionSet.Vector512 :
        Avx2.IsSupported && Fma.IsSupported ? InstructionSet.Vector256 : InstructionSet.Vector128;

    /// <summary>Whether a multiply-add rounds once. Without the hardware for it a product is rounded before it is added, everywhere alike.</summary>
    public static bool HasFusedMultiplyAdd => Fma.IsSupported || AdvSimd.IsSupported;
}
