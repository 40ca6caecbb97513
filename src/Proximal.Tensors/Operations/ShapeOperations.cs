using Proximal.Tensors.Kernels;
using Proximal.Tensors.Operations;

namespace Proximal.Tensors;

/// <summary>Operations that move elements without changing them.</summary>
public static unsafe class ShapeOperations
{
    /// <summary>A view of a tensor, usually a parameter, on a tape, for operations that have no other input on it.</summary>
    /// <param name="tensor">A parameter, or a tensor of this tape.</param>
    /// <param name="tape">The tape.</param>
    public static Tensor On(this Tensor tensor, Tape tape)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(tape);
        return View(tape, tensor, tensor.Shape);
    }

    /// <summary>The same values cut off from what they were computed from: no gradient flows back.</summary>
    public static Tensor Detach(this Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return Tape.Of(tensor).NewView(tensor.Shape, tensor.Pointer, requiresGradient: false);
    }

    /// <summary>The same elements in row-major order under another shape; one size may be -1 and follows from the others.</summary>
    /// <exception cref="ArgumentException">The number of elements differs.</exception>
    public static Tensor Reshape(this Tensor tensor, params ReadOnlySpan<int> sizes)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return View(Tape.Of(tensor), tensor, Inferred(tensor.Shape, sizes));
    }

    /// <summary>The same elements in row-major order under another shape.</summary>
    /// <exception cref="ArgumentException">The number of elements differs.</exception>
    public static Tensor Reshape(this Tensor tensor, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return View(Tape.Of(tensor), tensor, shape);
    }

    /// <summary>Inserts an axis of size 1 so that it has the given index in the result.</summary>
    public static Tensor Unsqueeze(this Tensor tensor, int axis)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Reshape(WithAxis(tensor.Shape, axis, 1));
    }

    /// <summary>Removes an axis of size 1.</summary>
    /// <exception cref="ArgumentException">The axis has another size.</exception>
    public static Tensor Squeeze(this Tensor tensor, int axis)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Shape[axis] == 1
            ? tensor.Reshape(WithoutAxis(tensor.Shape, axis))
            : throw new ArgumentException($"Axis {axis} of shape {tensor.Shape} has not size 1.", nameof(axis));
    }

    /// <summary>Exchanges two axes.</summary>
    public static Tensor Transpose(this Tensor tensor, int first = -2, int second = -1)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Span<int> order = stackalloc int[Shape.MaximumRank];
        for (int axis = 0; axis < order.Length; axis++)
        {
            order[axis] = axis;
        }

        first = tensor.Shape.Axis(first);
        second = tensor.Shape.Axis(second);
        (order[first], order[second]) = (order[second], order[first]);
        return tensor.Permute(order[..tensor.Shape.Rank]);
    }

    /// <summary>Puts the axes in another order: axis k of the result is axis <c>order[k]</c> of the input.</summary>
    /// <exception cref="ArgumentException">The order does not name each axis once.</exception>
    public static Tensor Permute(this Tensor tensor, params ReadOnlySpan<int> order)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Shape shape = tensor.Shape;
        Span<int> resolved = stackalloc int[Shape.MaximumRank];
        Span<int> sizes = stackalloc int[Shape.MaximumRank];
        int seen = 0;
        for (int k = 0; k < order.Length && k < shape.Rank; k++)
        {
            resolved[k] = shape.Axis(order[k]);
            sizes[k] = shape[resolved[k]];
            seen |= 1 << resolved[k];
        }

        if (order.Length != shape.Rank || seen != (1 << shape.Rank) - 1)
        {
            throw new ArgumentException($"The order must name each of the {shape.Rank} axes of shape {shape} once.", nameof(order));
        }

        Tape tape = Tape.Of(tensor);
        Tensor output = tape.NewTensor(new Shape(sizes[..shape.Rank]), tape.Records(tensor));
        tape.Backend.CopyStrided(tensor.Pointer, output.Pointer, StridePlan.Permuted(shape, resolved[..shape.Rank]), accumulate: false);
        if (output.RequiresGradient)
        {
            ref Node node = ref tape.Record(PermuteOperation.Instance, output, tensor);
            node.I0 = PermuteOperation.Pack(resolved[..shape.Rank]);
        }

        return output;
    }

    /// <summary>Repeats the tensor along axes where its size is 1 or that it lacks.</summary>
    /// <exception cref="ArgumentException">The shape cannot be reached by repeating.</exception>
    public static Tensor Expand(this Tensor tensor, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Shape == shape)
        {
            return tensor;
        }

        if (Broadcasting.Result(tensor.Shape, shape) != shape)
        {
            throw new ArgumentException($"Shape {tensor.Shape} does not expand to {shape}.", nameof(shape));
        }

        Tape tape = Tape.Of(tensor);
        Tensor output = tape.NewTensor(shape, tape.Records(tensor));
        tape.Backend.CopyStrided(tensor.Pointer, output.Pointer, StridePlan.Broadcast(shape, tensor.Shape, shape), accumulate: false);
        if (output.RequiresGradient)
        {
            tape.Record(ExpandOperation.Instance, output, tensor);
        }

        return output;
    }

    /// <summary>The part of an axis from <paramref name="start"/> on, <paramref name="length"/> long.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part lies outside the axis.</exception>
    public static Tensor Slice(this Tensor tensor, int axis, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        axis = tensor.Shape.Axis(axis);
        if (start < 0 || length < 0 || start > tensor.Shape[axis] - length)
        {
            throw new ArgumentOutOfRangeException(nameof(start), start, $"A part of {length} from {start} lies outside axis {axis} of shape {tensor.Shape}.");
        }

        Tape tape = Tape.Of(tensor);
        Tensor output = tape.NewTensor(tensor.Shape.With(axis, length), tape.Records(tensor));
        AxisBlocks blocks = new(tensor.Shape, axis, start, length);
        tape.Backend.CopyBlocks(tensor.Pointer + blocks.Offset, blocks.Step, output.Pointer, blocks.Length, blocks.Count, blocks.Length, accumulate: false);
        if (output.RequiresGradient)
        {
            ref Node node = ref tape.Record(SliceOperation.Instance, output, tensor);
            node.I0 = axis;
            node.I1 = start;
        }

        return output;
    }

    /// <summary>Cuts an axis into parts, one after the other.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="sizes">Sizes of the parts; their sum is the size of the axis.</param>
    /// <param name="parts">Receives the parts.</param>
    /// <exception cref="ArgumentException">The sizes do not sum to that of the axis, or there is not one place a part.</exception>
    public static void Split(this Tensor tensor, int axis, ReadOnlySpan<int> sizes, Span<Tensor> parts)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        long total = 0;
        foreach (int size in sizes)
        {
            total += size;
        }

        if (parts.Length != sizes.Length || total != tensor.Shape[axis])
        {
            throw new ArgumentException($"{sizes.Length} sizes that sum to {total} do not cut axis {axis} of shape {tensor.Shape} into {parts.Length} parts.", nameof(sizes));
        }

        int start = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            parts[i] = tensor.Slice(axis, start, sizes[i]);
            start += sizes[i];
        }
    }

    /// <summary>Adds elements of one value before and after those of an axis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static Tensor Pad(this Tensor tensor, int axis, int before, int after, float value = 0)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentOutOfRangeException.ThrowIfNegative(before);
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        axis = tensor.Shape.Axis(axis);
        int size = tensor.Shape[axis];
        Tape tape = Tape.Of(tensor);
        Tensor output = tape.NewTensor(tensor.Shape.With(axis, checked(before + size + after)), tape.Records(tensor));
        AxisBlocks head = new(output.Shape, axis, 0, before), tail = new(output.Shape, axis, before + size, after);
        tape.Backend.FillBlocks(output.Pointer, head.Step, head.Count, head.Length, value);
        tape.Backend.FillBlocks(output.Pointer + tail.Offset, tail.Step, tail.Count, tail.Length, value);
        Place(tape, tensor, output, axis, before, size);
        return output;
    }

    /// <summary>Lays tensors end to end along an axis; the other axes agree.</summary>
    /// <exception cref="ArgumentException">There are none, or their shapes differ in another axis.</exception>
    public static Tensor Concatenate(int axis, params ReadOnlySpan<Tensor> tensors)
    {
        Tape tape = TapeOfAll(tensors, out bool records);
        Shape first = tensors[0].Shape;
        axis = first.Axis(axis);
        long total = 0;
        foreach (Tensor tensor in tensors)
        {
            if (tensor.Shape.Rank != first.Rank || tensor.Shape.With(axis, first[axis]) != first)
            {
                throw new ArgumentException($"Shapes {first} and {tensor.Shape} differ in an axis other than {axis}.", nameof(tensors));
            }

            total += tensor.Shape[axis];
        }

        Tensor output = tape.NewTensor(first.With(axis, checked((int)total)), records);
        int start = 0;
        foreach (Tensor tensor in tensors)
        {
            Place(tape, tensor, output, axis, start, tensor.Shape[axis]);
            start += tensor.Shape[axis];
        }

        return output;
    }

    /// <summary>Lays tensors of one shape along a new axis, which has the given index in the result.</summary>
    /// <exception cref="ArgumentException">There are none, or their shapes differ.</exception>
    public static Tensor Stack(int axis, params ReadOnlySpan<Tensor> tensors)
    {
        Tape tape = TapeOfAll(tensors, out bool records);
        Shape first = tensors[0].Shape;
        foreach (Tensor tensor in tensors)
        {
            if (tensor.Shape != first)
            {
                throw new ArgumentException($"Shapes {first} and {tensor.Shape} do not stack.", nameof(tensors));
            }
        }

        Shape shape = WithAxis(first, axis, tensors.Length);
        Tensor output = tape.NewTensor(shape, records);
        axis = axis < 0 ? axis + shape.Rank : axis;
        for (int i = 0; i < tensors.Length; i++)
        {
            Place(tape, tensors[i], output, axis, i, 1);
        }

        return output;
    }

    internal static Shape WithAxis(Shape shape, int axis, int size)
    {
        int index = axis < 0 ? axis + shape.Rank + 1 : axis;
        if ((uint)index > (uint)shape.Rank || shape.Rank == Shape.MaximumRank)
        {
            throw new ArgumentOutOfRangeException(nameof(axis), axis, $"Shape {shape} takes no further axis there.");
        }

        Span<int> sizes = stackalloc int[Shape.MaximumRank];
        for (int k = 0; k <= shape.Rank; k++)
        {
            sizes[k] = k == index ? size : shape[k < index ? k : k - 1];
        }

        return new Shape(sizes[..(shape.Rank + 1)]);
    }

    internal static Shape WithoutAxis(Shape shape, int axis)
    {
        axis = shape.Axis(axis);
        Span<int> sizes = stackalloc int[Shape.MaximumRank];
        int rank = 0;
        for (int k = 0; k < shape.Rank; k++)
        {
            if (k != axis)
            {
                sizes[rank++] = shape[k];
            }
        }

        return new Shape(sizes[..rank]);
    }

    internal static Tensor View(Tape tape, Tensor tensor, Shape shape)
    {
        if (shape.Length != tensor.Length)
        {
            throw new ArgumentException($"Shape {tensor.Shape} holds {tensor.Length} elements, {shape} takes {shape.Length}.", nameof(shape));
        }

        Tensor output = tape.NewView(shape, tensor.Pointer, tape.Records(tensor));
        if (output.RequiresGradient)
        {
            tape.Record(ReshapeOperation.Instance, output, tensor);
        }

        return output;
    }

    private static Shape Inferred(Shape shape, ReadOnlySpan<int> sizes)
    {
        int unknown = sizes.IndexOf(-1);
        if (unknown < 0)
        {
            return new Shape(sizes);
        }

        Span<int> known = stackalloc int[Shape.MaximumRank + 1];
        if (sizes.Length > Shape.MaximumRank)
        {
            return new Shape(sizes);
        }

        sizes.CopyTo(known);
        known[unknown] = 1;
        int others = new Shape(known[..sizes.Length]).Length;
        known[unknown] = others > 0 && shape.Length % others == 0
            ? shape.Length / others
            : throw new ArgumentException($"No size for axis {unknown} makes {shape.Length} elements.", nameof(sizes));
        return new Shape(known[..sizes.Length]);
    }

    private static Tape TapeOfAll(ReadOnlySpan<Tensor> tensors, out bool records)
    {
        if (tensors.IsEmpty)
        {
            throw new ArgumentException("There is no tensor to join.", nameof(tensors));
        }

        Tensor anchor = tensors[0];
        foreach (Tensor tensor in tensors)
        {
            anchor = anchor.Tape is null ? tensor : anchor;
        }

        Tape tape = Tape.Of(anchor);
        records = false;
        foreach (Tensor tensor in tensors)
        {
            records |= Tape.Of(anchor, tensor).Records(tensor);
        }

        return tape;
    }

    /// <summary>Copies a tensor to a part of an axis of the output.</summary>
    private static void Place(Tape tape, Tensor tensor, Tensor output, int axis, int start, int length)
    {
        AxisBlocks blocks = new(output.Shape, axis, start, length);
        tape.Backend.CopyBlocks(tensor.Pointer, blocks.Length, output.Pointer + blocks.Offset, blocks.Step, blocks.Count, blocks.Length, accumulate: false);
        if (tape.Records(tensor))
        {
            ref Node node = ref tape.Record(PlaceOperation.Instance, output, tensor);
            node.I0 = axis;
            node.I1 = start;
            node.I2 = length;
        }
    }
}
