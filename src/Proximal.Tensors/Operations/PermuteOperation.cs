using Proximal.Tensors.Kernels;

namespace Proximal.Tensors.Operations;

/// <summary>Backward of a change of axes: the inverse change.</summary>
internal sealed unsafe class PermuteOperation : Operation
{
    public static readonly PermuteOperation Instance = new();

    /// <summary>An order of axes in one integer, three bits an axis.</summary>
    public static int Pack(ReadOnlySpan<int> order)
    {
        int packed = 0;
        for (int k = 0; k < order.Length; k++)
        {
            packed |= order[k] << (3 * k);
        }

        return packed;
    }

    public override void Backward(Tape tape, in Node node)
    {
        Span<int> inverse = stackalloc int[Shape.MaximumRank];
        for (int k = 0; k < node.A.Shape.Rank; k++)
        {
            inverse[(node.I0 >> (3 * k)) & 7] = k;
        }

        float* gradient = node.A.GradientForWriting(out bool accumulate);
        StridePlan plan = StridePlan.Permuted(node.Output.Shape, inverse[..node.A.Shape.Rank]);
        tape.Backend.CopyStrided(node.Output.GradientPointer, gradient, in plan, accumulate);
    }
}
