using Proximal.Tensors.Operations;

namespace Proximal.Tensors;

/// <summary>Softmax and its relatives over one axis, shifted by the largest element so that nothing overflows.</summary>
public static unsafe class SoftmaxOperations
{
    /// <summary>e^x / sum(e^x) along an axis.</summary>
    public static Tensor Softmax(this Tensor x, int axis = -1)
    {
        ArgumentNullException.ThrowIfNull(x);
        axis = x.Shape.Axis(axis);
        if (axis != x.Shape.Rank - 1)
        {
            return x.Transpose(axis, -1).Softmax().Transpose(axis, -1);
        }

        Tape tape = Tape.Of(x);
        Tensor output = tape.NewTensor(x.Shape, tape.Records(x));
        tape.Backend.Softmax(x.Pointer, output.Pointer, x.Shape.Product(0, axis), x.Shape[axis]);
        if (output.RequiresGradient)
        {
            tape.Record(SoftmaxOperation.Instance, output, x);
        }

        return output;
    }

    /// <summary>x - log(sum(e^x)) along an axis.</summary>
    public static Tensor LogSoftmax(this Tensor x, int axis = -1)
    {
        ArgumentNullException.ThrowIfNull(x);
        axis = x.Shape.Axis(axis);
        if (axis != x.Shape.Rank - 1)
        {
            return x.Transpose(axis, -1).LogSoftmax().Transpose(axis, -1);
        }

        Tape tape = Tape.Of(x);
        Tensor output = tape.NewTensor(x.Shape, tape.Records(x));
        tape.Backend.LogSoftmax(x.Pointer, output.Pointer, x.Shape.Product(0, axis), x.Shape[axis]);
        if (output.RequiresGradient)
        {
            tape.Record(LogSoftmaxOperation.Instance, output, x);
        }

        return output;
    }

    /// <summary>log(sum(e^x)) along an axis; -infinity of no elements.</summary>
    public static Tensor LogSumExp(this Tensor x, int axis = -1, bool keepAxes = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        axis = x.Shape.Axis(axis);
        if (axis != x.Shape.Rank - 1)
        {
            Tensor moved = x.Transpose(axis, -1).LogSumExp(-1, keepAxes: true).Transpose(axis, -1);
            return keepAxes ? moved : moved.Squeeze(axis);
        }

        Tape tape = Tape.Of(x);
        Tensor output = tape.NewTensor(keepAxes ? x.Shape.With(axis, 1) : ShapeOperations.WithoutAxis(x.Shape, axis), tape.Records(x));
        tape.Backend.LogSumExp(x.Pointer, output.Pointer, x.Shape.Product(0, axis), x.Shape[axis]);
        if (output.RequiresGradient)
        {
            tape.Record(LogSumExpOperation.Instance, output, x);
        }

        return output;
    }
}
