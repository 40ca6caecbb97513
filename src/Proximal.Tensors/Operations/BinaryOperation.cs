using Proximal.Tensors.Kernels;

namespace Proximal.Tensors.Operations;

/// <summary>An elementwise function of two tensors whose shapes combine.</summary>
internal sealed unsafe class BinaryOperation<TKernel> : Operation
    where TKernel : struct, IBinaryKernel
{
    public static readonly BinaryOperation<TKernel> Instance = new();

    public static Tensor Apply(Tensor x, Tensor y)
    {
        Tensor output = Forward(x, y, differentiable: true);
        if (output.RequiresGradient)
        {
            output.Tape!.Record(Instance, output, x, y);
        }

        return output;
    }

    /// <summary>The function without a gradient, as for comparisons.</summary>
    public static Tensor ApplyDetached(Tensor x, Tensor y) => Forward(x, y, differentiable: false);

    public override void Backward(Tape tape, in Node node)
    {
        BackwardTo(tape, in node, node.A, right: false);
        BackwardTo(tape, in node, node.B!, right: true);
    }

    private static Tensor Forward(Tensor x, Tensor y, bool differentiable)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        Tape tape = Tape.Of(x, y);
        Shape shape = Broadcasting.Result(x.Shape, y.Shape);
        Tensor output = tape.NewTensor(shape, differentiable && tape.Records(x, y));
        tape.Backend.Binary<TKernel>(x.Pointer, y.Pointer, output.Pointer, StridePlan.Broadcast(shape, x.Shape, y.Shape));
        return output;
    }

    private static void BackwardTo(Tape tape, in Node node, Tensor target, bool right)
    {
        if (!target.RequiresGradient)
        {
            return;
        }

        Tensor x = node.A, y = node.B!, z = node.Output;
        StridePlan plan = StridePlan.Broadcast(z.Shape, x.Shape, y.Shape);
        if (target.Length == z.Length)
        {
            float* gradient = target.GradientForWriting(out bool accumulate);
            tape.Backend.BinaryGradient<TKernel>(x.Pointer, y.Pointer, z.Pointer, z.GradientPointer, gradient, in plan, right, accumulate);
            return;
        }

        float* whole = tape.RentFloats(z.Length);
        tape.Backend.BinaryGradient<TKernel>(x.Pointer, y.Pointer, z.Pointer, z.GradientPointer, whole, in plan, right, accumulate: false);
        Reduction.SumTo(tape, whole, z.Shape, target);
    }
}
