namespace Proximal.Tensors.Operations;

/// <summary>Backward of <see cref="FusedOperations.Rotary"/>: the gradient is turned back. State the table, Indices the positions, I0 the heads.</summary>
internal sealed unsafe class RotaryOperation : Operation
{
    public static readonly RotaryOperation Instance = new();

    public override void Backward(Tape tape, in Node node)
    {
        float* gradient = node.A.GradientForWriting(out bool accumulate);
        tape.Backend.Rotate(
            (RotaryTable)node.State!, node.A.Shape[0], node.I0, node.Indices, node.Output.GradientPointer, gradient, inverse: true, accumulate);
    }
}
