using Proximal.Tensors.Operations;

namespace Proximal.Tensors;

/// <summary>Reading and writing by index. An index outside its axis throws <see cref="ArgumentOutOfRangeException"/>.</summary>
public static unsafe class IndexOperations
{
    /// <summary>Whole slices of an axis: slice j of the result is slice <c>indices[j]</c> of the input.</summary>
    public static Tensor IndexSelect(this Tensor x, int axis, ReadOnlySpan<int> indices)
    {
        ArgumentNullException.ThrowIfNull(x);
        axis = x.Shape.Axis(axis);
        Tape tape = Tape.Of(x);
        int* copy = tape.CopyIndices(indices, x.Shape[axis], nameof(indices));
        int outer = x.Shape.Product(0, axis), length = x.Shape[axis], inner = x.Shape.Product(axis + 1, x.Shape.Rank);
        Tensor output = tape.NewTensor(x.Shape.With(axis, indices.Length), tape.Records(x));
        tape.Backend.SelectRows(x.Pointer, copy, output.Pointer, outer, length, indices.Length, inner);
        if (output.RequiresGradient)
        {
            ref Node node = ref tape.Record(IndexSelectOperation.Instance, output, x);
            node.Indices = copy;
            node.I0 = outer;
            node.I1 = length;
            node.I2 = indices.Length;
            node.I3 = inner;
        }

        return output;
    }

    /// <summary>An index for each element of the result: y[.., j, ..] = x[.., indices[.., j, ..], ..] along an axis.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis that the indices run along.</param>
    /// <param name="indices">Row-major, shaped as the input with any size along the axis.</param>
    /// <exception cref="ArgumentException">The number of indices is not a multiple of the places on the other axes.</exception>
    public static Tensor TakeAlongAxis(this Tensor x, int axis, ReadOnlySpan<int> indices)
    {
        ArgumentNullException.ThrowIfNull(x);
        axis = x.Shape.Axis(axis);
        Tape tape = Tape.Of(x);
        int outer = x.Shape.Product(0, axis), inner = x.Shape.Product(axis + 1, x.Shape.Rank);
        int count = CountAlong(x.Shape, axis, indices.Length);
        int* copy = tape.CopyIndices(indices, x.Shape[axis], nameof(indices));
        return GatherOperation.Apply(tape, x, copy, x.Shape.With(axis, count), outer, x.Shape[axis], count, inner);
    }

    /// <summary>One element of each row: y[..] = x[.., indices[..]] with an index for each row of the last axis, which is removed.</summary>
    /// <exception cref="ArgumentException">The number of indices is not that of the rows.</exception>
    public static Tensor Gather(this Tensor x, ReadOnlySpan<int> indices)
    {
        ArgumentNullException.ThrowIfNull(x);
        Shape shape = ShapeOperations.WithoutAxis(x.Shape, -1);
        if (indices.Length != shape.Length)
        {
            throw new ArgumentException($"Shape {x.Shape} has {shape.Length} rows, not {indices.Length}.", nameof(indices));
        }

        Tape tape = Tape.Of(x);
        int* copy = tape.CopyIndices(indices, x.Shape[-1], nameof(indices));
        return GatherOperation.Apply(tape, x, copy, shape, shape.Length, x.Shape[-1], 1, 1);
    }

    /// <summary>A copy with elements replaced: y[.., indices[.., j, ..], ..] = source[.., j, ..] along an axis. Of several writes to a place the last counts.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis that the indices run along.</param>
    /// <param name="indices">Row-major, one for each element of the source.</param>
    /// <param name="source">Shaped as the input with any size along the axis.</param>
    /// <exception cref="ArgumentException">The shapes or the number of indices do not fit.</exception>
    public static Tensor Scatter(this Tensor x, int axis, ReadOnlySpan<int> indices, Tensor source) => Write(x, axis, indices, source, adds: false);

    /// <summary>A copy with elements added: y[.., indices[.., j, ..], ..] += source[.., j, ..] along an axis, in the order of j.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis that the indices run along.</param>
    /// <param name="indices">Row-major, one for each element of the source.</param>
    /// <param name="source">Shaped as the input with any size along the axis.</param>
    /// <exception cref="ArgumentException">The shapes or the number of indices do not fit.</exception>
    public static Tensor ScatterAdd(this Tensor x, int axis, ReadOnlySpan<int> indices, Tensor source) => Write(x, axis, indices, source, adds: true);

    private static Tensor Write(Tensor x, int axis, ReadOnlySpan<int> indices, Tensor source, bool adds)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(source);
        axis = x.Shape.Axis(axis);
        int count = CountAlong(x.Shape, axis, indices.Length);
        if (source.Shape != x.Shape.With(axis, count))
        {
            throw new ArgumentException($"{indices.Length} indices along axis {axis} of shape {x.Shape} do not fit a source of shape {source.Shape}.", nameof(source));
        }

        Tape tape = Tape.Of(x, source);
        int* copy = tape.CopyIndices(indices, x.Shape[axis], nameof(indices));
        int outer = x.Shape.Product(0, axis), length = x.Shape[axis], inner = x.Shape.Product(axis + 1, x.Shape.Rank);
        Tensor output = tape.NewTensor(x.Shape, tape.Records(x, source));
        tape.Backend.Copy(x.Pointer, output.Pointer, x.Length, accumulate: false);
        tape.Backend.ScatterAlong(source.Pointer, copy, output.Pointer, outer, length, count, inner, accumulate: adds);
        if (output.RequiresGradient)
        {
            ref Node node = ref tape.Record(ScatterOperation.Instance, output, x, source);
            node.Indices = copy;
            node.I0 = outer;
            node.I1 = length;
            node.I2 = count;
            node.I3 = inner;
            node.F0 = adds ? 1 : 0;
        }

        return output;
    }

    private static int CountAlong(Shape shape, int axis, int indices)
    {
        int places = shape.With(axis, 1).Length;
        return places > 0 && indices % places == 0
            ? indices / places
            : places == 0 && indices == 0
                ? 0
                : throw new ArgumentException($"{indices} indices do not divide over the {places} places beside axis {axis} of shape {shape}.", nameof(indices));
    }
}
