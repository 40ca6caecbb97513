namespace Proximal.Tensors.Operations;

/// <summary>Backward of <see cref="FusedOperations.RmsNorm"/>: A the input, B the weight, Saved the scales of the rows.</summary>
internal sealed unsafe class RmsNormOperation : Operation
{
    public static readonly RmsNormOperation Instance = new();

    public override void Backward(Tape tape, in Node node)
    {
        int columns = node.A.Shape[-1], rows = node.A.Length / Math.Max(1, columns);
        float* gradient = node.Output.GradientPointer;
        if (node.B!.RequiresGradient)
        {
            tape.Backend.RmsNormWeightGradient(rows, columns, node.A.Pointer, node.Saved, gradient, node.B.GradientForAdding());
        }

        if (node.A.RequiresGradient)
        {
            float* gradientX = node.A.GradientForWriting(out bool accumulate);
            tape.Backend.RmsNormBackward(rows, columns, node.A.Pointer, node.B.Pointer, node.Saved, gradient, gradientX, accumulate);
        }
    }
}
