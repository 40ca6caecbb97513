namespace Proximal.Tensors.Operations;

/// <summary>Backward of repetition: the sum over the repeats.</summary>
internal sealed unsafe class ExpandOperation : Operation
{
    public static readonly ExpandOperation Instance = new();

    public override void Backward(Tape tape, in Node node) =>
        Reduction.SumTo(tape, node.Output.GradientPointer, node.Output.Shape, node.A);
}
