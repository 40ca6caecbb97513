using Proximal.Tensors.Kernels;

namespace Proximal.Tensors.Operations;

/// <summary>Convolution. A: images, B: weights, C: bias or null; I0..I2: stride, padding, dilation as <see cref="Window.Pack"/> has them, I3: groups.</summary>
internal sealed unsafe class ConvolutionOperation : Operation
{
    public static readonly ConvolutionOperation Instance = new();

    public static Convolution ShapeOf(in Node node)
    {
        Shape images = node.A.Shape, weights = node.B!.Shape;
        Window window = new(images[2], images[3], (weights[2], weights[3]), Window.Unpack(node.I0), Window.Unpack(node.I1), Window.Unpack(node.I2));
        return new Convolution(images[0], images[1], weights[0], node.I3, window);
    }

    public static float* RentColumns(Tape tape, in Convolution shape) =>
        tape.RentFloats((long)tape.Backend.Workers.Count * shape.Depth * shape.Places);

    public override void Backward(Tape tape, in Node node)
    {
        Tensor x = node.A, w = node.B!;
        Convolution shape = ShapeOf(in node);
        float* gradient = node.Output.GradientPointer;
        float* columns = RentColumns(tape, in shape);
        if (x.RequiresGradient)
        {
            tape.Backend.ConvolveImageGradient(in shape, gradient, w.Pointer, x.GradientForAdding(), columns);
        }

        if (w.RequiresGradient)
        {
            int shares = (shape.Batch + CpuBackend.ImagesPerShare - 1) / CpuBackend.ImagesPerShare;
            float* parts = tape.RentFloats((long)shares * shape.WeightLength);
            tape.Backend.ConvolveWeightGradient(in shape, x.Pointer, gradient, parts, columns);
            float* target = w.GradientForWriting(out bool accumulate);
            tape.Backend.SumColumns(parts, target, 1, shares, shape.WeightLength, 1, accumulate);
        }

        if (node.C is { RequiresGradient: true })
        {
            int rows = shape.Batch * shape.Outputs;
            float* sums = tape.RentFloats(rows);
            Reduction.Sum(tape, gradient, sums, rows, shape.Places, 1, 1, accumulate: false);
            float* target = node.C.GradientForWriting(out bool accumulate);
            tape.Backend.SumColumns(sums, target, 1, shape.Batch, shape.Outputs, 1, accumulate);
        }
    }
}
