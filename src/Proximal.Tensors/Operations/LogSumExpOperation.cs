namespace Proximal.Tensors.Operations;

/// <summary>The logarithm of the sum of exponentials over the last axis.</summary>
internal sealed unsafe class LogSumExpOperation : Operation
{
    public static readonly LogSumExpOperation Instance = new();

    public override void Backward(Tape tape, in Node node)
    {
        float* gradient = node.A.GradientForWriting(out bool accumulate);
        int length = node.A.Shape[-1], rows = node.A.Shape.Product(0, node.A.Shape.Rank - 1);
        tape.Backend.LogSumExpGradient(
            node.A.Pointer, node.Output.Pointer, node.Output.GradientPointer, gradient, rows, length, accumulate);
    }
}
