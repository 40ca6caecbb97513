namespace Proximal.Tensors.Operations;

/// <summary>Softmax over the last axis.</summary>
internal sealed unsafe class SoftmaxOperation : Operation
{
    public static readonly SoftmaxOperation Instance = new();

    public override void Backward(Tape tape, in Node node)
    {
        float* gradient = node.A.GradientForWriting(out bool accumulate);
        int length = node.A.Shape[-1], rows = node.A.Shape.Product(0, node.A.Shape.Rank - 1);
        tape.Backend.SoftmaxGradient(node.Output.Pointer, node.Output.GradientPointer, gradient, rows, length, accumulate);
    }
}
