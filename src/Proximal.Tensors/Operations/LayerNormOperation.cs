namespace Proximal.Tensors.Operations;

/// <summary>Layer normalization. A: rows, B: factors or null, C: terms or null; Saved: mean and inverse deviation of each row.</summary>
internal sealed unsafe class LayerNormOperation : Operation
{
    public static readonly LayerNormOperation Instance = new();

    public override void Backward(Tape tape, in Node node)
    {
        Tensor x = node.A;
        int length = x.Shape[-1], rows = x.Shape.Product(0, x.Shape.Rank - 1);
        float* gradient = node.Output.GradientPointer;
        if (x.RequiresGradient)
        {
            float* weight = node.B is null ? null : node.B.Pointer;
            float* target = x.GradientForWriting(out bool accumulate);
            tape.Backend.LayerNormGradient(x.Pointer, weight, node.Saved, gradient, target, rows, length, accumulate);
        }

        if (node.B is { RequiresGradient: true })
        {
            float* target = node.B.GradientForWriting(out bool accumulate);
            tape.Backend.LayerNormWeightGradient(x.Pointer, node.Saved, gradient, target, rows, length, accumulate);
        }

        if (node.C is { RequiresGradient: true })
        {
            float* target = node.C.GradientForWriting(out bool accumulate);
            tape.Backend.SumColumns(gradient, target, 1, rows, length, 1, accumulate);
        }
    }
}
