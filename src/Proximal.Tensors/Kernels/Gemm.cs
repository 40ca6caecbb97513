using System.Runtime.Intrinsics;

namespace Proximal.Tensors.Kernels;

/// <summary>The blocked matrix products in the instruction set of choice.</summary>
internal static unsafe class Gemm
{
    /// <summary>C = (accumulate ? C : 0) + A·B for a range of rows, packing A on the way.</summary>
    /// <param name="set">Instruction set.</param>
    /// <param name="a">The left factor.</param>
    /// <param name="start">First row.</param>
    /// <param name="end">One past the last row.</param>
    /// <param name="products">The right factors, all of one depth, and their results.</param>
    public static void Rows(InstructionSet set, LeftMatrix a, int start, int end, ReadOnlySpan<PackedProduct> products)
    {
        switch (set)
        {
            case InstructionSet.Vector512:
                Gemm<Vector512<float>, Registers512>.Rows(a, start, end, products);
                break;
            case InstructionSet.Vector256:
                Gemm<Vector256<float>, Registers256>.Rows(a, start, end, products);
                break;
            default:
                Gemm<Vector128<float>, Registers128>.Rows(a, start, end, products);
                break;
        }
    }

    /// <summary>Packs all rows of A for <see cref="Panels"/>; rows * depth floats.</summary>
    public static void PackLeft(InstructionSet set, LeftMatrix a, int rows, int depth, float* packed)
    {
        switch (set)
        {
            case InstructionSet.Vector512:
                Gemm<Vector512<float>, Registers512>.PackLeft(a, rows, depth, packed);
                break;
            case InstructionSet.Vector256:
                Gemm<Vector256<float>, Registers256>.PackLeft(a, rows, depth, packed);
                break;
            default:
                Gemm<Vector128<float>, Registers128>.PackLeft(a, rows, depth, packed);
                break;
        }
    }

    /// <summary>C = (accumulate ? C : 0) + A·B for a range of panels, all rows of A being packed.</summary>
    /// <param name="set">Instruction set.</param>
    /// <param name="packed">What <see cref="PackLeft"/> made.</param>
    /// <param name="rows">Rows of A.</param>
    /// <param name="start">First panel, counted through all products.</param>
    /// <param name="end">One past the last panel.</param>
    /// <param name="products">The right factors, all of one depth, and their results.</param>
    public static void Panels(InstructionSet set, float* packed, int rows, int start, int end, ReadOnlySpan<PackedProduct> products)
    {
        switch (set)
        {
            case InstructionSet.Vector512:
                Gemm<Vector512<float>, Registers512>.Panels(packed, rows, start, end, products);
                break;
            case InstructionSet.Vector256:
                Gemm<Vector256<float>, Registers256>.Panels(packed, rows, start, end, products);
                break;
            default:
                Gemm<Vector128<float>, Registers128>.Panels(packed, rows, start, end, products);
                break;
        }
    }
}
