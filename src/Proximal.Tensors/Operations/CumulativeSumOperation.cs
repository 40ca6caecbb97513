namespace Proximal.Tensors.Operations;

/// <summary>Running sums along an axis. I0..I2: outer, length and inner.</summary>
internal sealed unsafe class CumulativeSumOperation : Operation
{
    public static readonly CumulativeSumOperation Instance = new();

    public override void Backward(Tape tape, in Node node)
    {
        float* gradient = node.A.GradientForWriting(out bool accumulate);
        tape.Backend.CumulativeSum(node.Output.GradientPointer, gradient, node.I0, node.I1, node.I2, reversed: true, accumulate);
    }
}
