using Proximal.Tensors.Kernels;

namespace Proximal.Tensors.Operations;

/// <summary>y = bias + x·Wᵀ for the layers of a group, with A = x, State the <see cref="LinearGroup"/>, and an output for each layer.</summary>
internal sealed unsafe class LinearGroupOperation : Operation
{
    public static LinearGroupOperation Instance { get; } = new();

    public override void Backward(Tape tape, in Node node)
    {
        LinearGroup group = (LinearGroup)node.State!;
        Tensor x = node.A;
        int inputs = group.Inputs, rows = x.Shape.Product(0, x.Shape.Rank - 1), count = 0;
        CpuBackend backend = tape.Backend;
        Span<LeftProduct> products = stackalloc LeftProduct[LinearGroup.Maximum];
        for (int i = group.Layers.Count - 1; i >= 0; i--)
        {
            (Parameter weight, Parameter? bias) = group.Layers[i];
            Tensor y = i == 0 ? node.Output : i == 1 ? node.SecondOutput! : node.ThirdOutput!;
            if (!y.HasGradient)
            {
                continue;
            }

            float* dy = y.GradientPointer;
            int outputs = weight.Shape[0];
            if (bias is { RequiresGradient: true })
            {
                float* target = bias.GradientForWriting(out bool accumulate);
                backend.AddRowsInOrder(rows, outputs, dy, target, accumulate);
            }

            if (x.RequiresGradient)
            {
                float* target = x.GradientForWriting(out bool accumulate);
                backend.MatMulPacked(rows, dy, outputs, backend.PackedFor(weight, transposed: false), target, inputs, accumulate);
            }

            if (weight.RequiresGradient)
            {
                float* target = weight.GradientForWriting(out bool accumulate);
                products[count++] = new LeftProduct(new LeftMatrix(dy, outputs, transposed: true), outputs, target, inputs, accumulate);
            }
        }

        backend.MatMulMany(products[..count], inputs, rows, x.Pointer, inputs, transposeB: false);
    }
}
