using Proximal.Tensors.Kernels;

namespace Proximal.Tensors.Operations;

/// <summary>Means under a window. I0..I2: size, stride and padding as <see cref="Window.Pack"/> has them.</summary>
internal sealed unsafe class MeanPoolOperation : Operation
{
    public static readonly MeanPoolOperation Instance = new();

    public override void Backward(Tape tape, in Node node)
    {
        Shape images = node.A.Shape;
        Window window = new(images[2], images[3], Window.Unpack(node.I0), Window.Unpack(node.I1), Window.Unpack(node.I2), (1, 1));
        tape.Backend.MeanPoolGradient(in window, images[0] * images[1], node.Output.GradientPointer, node.A.GradientForAdding());
    }
}
