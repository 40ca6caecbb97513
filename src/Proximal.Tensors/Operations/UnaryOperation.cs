using Proximal.Tensors.Kernels;

namespace Proximal.Tensors.Operations;

/// <summary>An elementwise function of one tensor.</summary>
internal sealed unsafe class UnaryOperation<TKernel> : Operation
    where TKernel : struct, IUnaryKernel
{
    public static readonly UnaryOperation<TKernel> Instance = new();

    public static Tensor Apply(Tensor x, float p = 0, float q = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tape tape = Tape.Of(x);
        Tensor output = tape.NewTensor(x.Shape, tape.Records(x));
        tape.Backend.Unary<TKernel>(x.Pointer, output.Pointer, x.Length, p, q);
        if (output.RequiresGradient)
        {
            ref Node node = ref tape.Record(Instance, output, x);
            node.F0 = p;
            node.F1 = q;
        }

        return output;
    }

    /// <summary>The function without a gradient, as for comparisons.</summary>
    public static Tensor ApplyDetached(Tensor x, float p)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tape tape = Tape.Of(x);
        Tensor output = tape.NewTensor(x.Shape, requiresGradient: false);
        tape.Backend.Unary<TKernel>(x.Pointer, output.Pointer, x.Length, p, 0);
        return output;
    }

    public override void Backward(Tape tape, in Node node)
    {
        float* gradient = node.A.GradientForWriting(out bool accumulate);
        tape.Backend.UnaryGradient<TKernel>(
            node.A.Pointer, node.Output.Pointer, node.Output.GradientPointer, gradient, node.A.Length, node.F0, node.F1, accumulate);
    }
}
