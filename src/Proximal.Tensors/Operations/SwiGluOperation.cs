namespace Proximal.Tensors.Operations;

/// <summary>Backward of <see cref="FusedOperations.SwiGlu"/>: A the gate, B the other factor.</summary>
internal sealed unsafe class SwiGluOperation : Operation
{
    public static readonly SwiGluOperation Instance = new();

    public override void Backward(Tape tape, in Node node)
    {
        bool accumulateGate = false, accumulateUp = false;
        float* gradientGate = node.A.RequiresGradient ? node.A.GradientForWriting(out accumulateGate) : null;

        // Where both factors are one tensor, the second write adds to the first.
        float* gradientUp = node.B!.RequiresGradient ? node.B.GradientForWriting(out accumulateUp) : null;
        if (node.A == node.B)
        {
            tape.Backend.SwiGluBackward(node.A.Length, node.A.Pointer, node.B.Pointer, node.Output.GradientPointer, gradientGate, accumulateGate, null, false);
            gradientGate = null;
        }

        tape.Backend.SwiGluBackward(
            node.A.Length, node.A.Pointer, node.B.Pointer, node.Output.GradientPointer, gradientGate, accumulateGate, gradientUp, accumulateUp);
    }
}
