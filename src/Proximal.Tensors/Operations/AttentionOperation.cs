using Proximal.Tensors.Kernels;

namespace Proximal.Tensors.Operations;

/// <summary>
/// Backward of <see cref="FusedOperations.Attention"/>: A, B and C the queries, keys and values, I0 and I1 their heads, I2 the
/// number of segments, Indices the segments, Saved and Saved2 the maxima and sums.
/// </summary>
internal sealed unsafe class AttentionOperation : Operation
{
    public static readonly AttentionOperation Instance = new();

    public override void Backward(Tape tape, in Node node)
    {
        Tensor queries = node.A, keys = node.B!, values = node.C!;
        bool accumulate = false;
        float* gradientQueries = queries.RequiresGradient ? queries.GradientForWriting(out accumulate) : null;
        tape.Backend.AttendBackward(
            AttentionTrees.Of(node.Indices, node.I2, queries.Shape[0]),
            new AttentionHeads(node.I0, node.I1, queries.Shape[1] / node.I0),
            queries.Pointer,
            keys.Pointer,
            values.Pointer,
            node.Output.Pointer,
            node.Saved,
            node.Saved2,
            node.Output.GradientPointer,
            gradientQueries,
            accumulate,
            keys.RequiresGradient ? keys.GradientForAdding() : null,
            values.RequiresGradient ? values.GradientForAdding() : null);
    }
}
