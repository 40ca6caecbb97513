using Proximal.Tensors.Kernels;

namespace Proximal.Tensors.Operations;

/// <summary>y = residual + bias + x·Wᵀ, with A = x, B = W, C = bias, D = residual.</summary>
internal sealed unsafe class LinearOperation : Operation
{
    public static LinearOperation Instance { get; } = new();

    public override void Backward(Tape tape, in Node node)
    {
        Parameter weight = (Parameter)node.B!;
        int inputs = weight.Shape[1], outputs = weight.Shape[0], rows = node.Output.Shape.Product(0, node.Output.Shape.Rank - 1);
        CpuBackend backend = tape.Backend;
        float* dy = node.Output.GradientPointer;
        if (node.D is { RequiresGradient: true } residual)
        {
            float* target = residual.GradientForWriting(out bool accumulate);
            backend.AddRowwise(rows, outputs, dy, outputs, null, target, accumulate);
        }

        if (node.C is { RequiresGradient: true } bias)
        {
            float* target = bias.GradientForWriting(out bool accumulate);
            backend.AddRowsInOrder(rows, outputs, dy, target, accumulate);
        }

        if (node.A.RequiresGradient)
        {
            float* target = node.A.GradientForWriting(out bool accumulate);
            backend.MatMulPacked(rows, dy, outputs, backend.PackedFor(weight, transposed: false), target, inputs, accumulate);
        }

        if (weight.RequiresGradient)
        {
            float* target = weight.GradientForWriting(out bool accumulate);
            backend.MatMul(outputs, inputs, rows, dy, outputs, true, node.A.Pointer, inputs, false, target, inputs, accumulate);
        }
    }
}
