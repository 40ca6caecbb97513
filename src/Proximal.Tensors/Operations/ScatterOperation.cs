namespace Proximal.Tensors.Operations;

/// <summary>
/// Elements written or added to places along an axis. A: the tensor, B: what is written; I0..I3: outer, length, count and inner;
/// F0: 1 for adding.
/// </summary>
internal sealed unsafe class ScatterOperation : Operation
{
    public static readonly ScatterOperation Instance = new();

    public override void Backward(Tape tape, in Node node)
    {
        Tensor whole = node.A, source = node.B!;
        float* gradient = node.Output.GradientPointer;
        if (node.F0 == 0)
        {
            // What was overwritten has no gradient: a copy loses it place by place.
            float* rest = tape.RentFloats(whole.Length);
            tape.Backend.Copy(gradient, rest, whole.Length, accumulate: false);
            bool accumulate = false;
            float* written = source.RequiresGradient ? source.GradientForWriting(out accumulate) : null;
            tape.Backend.ScatterGradient(rest, node.Indices, written, node.I0, node.I1, node.I2, node.I3, accumulate);
            gradient = rest;
        }
        else if (source.RequiresGradient)
        {
            float* added = source.GradientForWriting(out bool accumulate);
            tape.Backend.GatherAlong(gradient, node.Indices, added, node.I0, node.I1, node.I2, node.I3, accumulate);
        }

        if (whole.RequiresGradient)
        {
            float* target = whole.GradientForWriting(out bool accumulate);
            tape.Backend.Copy(gradient, target, whole.Length, accumulate);
        }
    }
}
