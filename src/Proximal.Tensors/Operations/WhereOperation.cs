namespace Proximal.Tensors.Operations;

/// <summary>Backward of a choice between two tensors of one shape: each gets the gradient where it was chosen.</summary>
internal sealed unsafe class WhereOperation : Operation
{
    public static readonly WhereOperation Instance = new();

    public override void Backward(Tape tape, in Node node)
    {
        BackwardTo(tape, in node, node.B!, inverted: false);
        BackwardTo(tape, in node, node.C!, inverted: true);
    }

    private static void BackwardTo(Tape tape, in Node node, Tensor target, bool inverted)
    {
        if (target.RequiresGradient)
        {
            float* gradient = target.GradientForWriting(out bool accumulate);
            tape.Backend.MaskGradient(node.A.Pointer, node.Output.GradientPointer, gradient, target.Length, inverted, accumulate);
        }
    }
}
