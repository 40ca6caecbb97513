namespace Proximal.Tensors.Operations;

/// <summary>Whole slices picked along an axis. I0..I3: outer, length, count and inner; Indices [count].</summary>
internal sealed unsafe class IndexSelectOperation : Operation
{
    public static readonly IndexSelectOperation Instance = new();

    public override void Backward(Tape tape, in Node node) =>
        tape.Backend.AddSelectedRows(
            node.Output.GradientPointer, node.Indices, node.A.GradientForAdding(), node.I0, node.I1, node.I2, node.I3);
}
