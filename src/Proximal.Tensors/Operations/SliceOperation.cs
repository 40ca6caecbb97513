using Proximal.Tensors.Kernels;

namespace Proximal.Tensors.Operations;

/// <summary>Backward of a slice: its gradient is added to that part.</summary>
internal sealed unsafe class SliceOperation : Operation
{
    public static readonly SliceOperation Instance = new();

    public override void Backward(Tape tape, in Node node)
    {
        AxisBlocks blocks = new(node.A.Shape, node.I0, node.I1, node.Output.Shape[node.I0]);
        float* gradient = node.A.GradientForAdding();
        tape.Backend.CopyBlocks(
            node.Output.GradientPointer, blocks.Length, gradient + blocks.Offset, blocks.Step, blocks.Count, blocks.Length, accumulate: true);
    }
}
