using Proximal.Tensors.Kernels;

namespace Proximal.Tensors.Operations;

/// <summary>Backward of writing a tensor into a part of a larger one (padding, joining): the gradient of that part.</summary>
internal sealed unsafe class PlaceOperation : Operation
{
    public static readonly PlaceOperation Instance = new();

    public override void Backward(Tape tape, in Node node)
    {
        AxisBlocks blocks = new(node.Output.Shape, node.I0, node.I1, node.I2);
        float* gradient = node.A.GradientForWriting(out bool accumulate);
        tape.Backend.CopyBlocks(
            node.Output.GradientPointer + blocks.Offset, blocks.Step, gradient, blocks.Length, blocks.Count, blocks.Length, accumulate);
    }
}
