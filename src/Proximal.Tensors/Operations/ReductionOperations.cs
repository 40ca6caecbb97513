using Proximal.Tensors.Kernels;
using Proximal.Tensors.Operations;

namespace Proximal.Tensors;

/// <summary>
/// Reductions over one axis, several, or all when none is named; negative axes count from the last. With <c>keepAxes</c> a reduced axis stays
/// with size 1. The order of additions depends on shapes alone.
/// </summary>
public static unsafe class ReductionOperations
{
    /// <summary>The sum over all elements, a scalar.</summary>
    public static Tensor Sum(this Tensor x) => Reduce(x, [], false, 1);

    /// <summary>The sum over axes.</summary>
    public static Tensor Sum(this Tensor x, ReadOnlySpan<int> axes, bool keepAxes = false) => Reduce(x, axes, keepAxes, 1);

    /// <summary>The sum over one axis.</summary>
    public static Tensor Sum(this Tensor x, int axis, bool keepAxes = false) => Reduce(x, [axis], keepAxes, 1);

    /// <summary>The mean over all elements, a scalar; NaN of no elements.</summary>
    public static Tensor Mean(this Tensor x) => Mean(x, []);

    /// <summary>The mean over axes; NaN of no elements.</summary>
    public static Tensor Mean(this Tensor x, ReadOnlySpan<int> axes, bool keepAxes = false) => Reduce(x, axes, keepAxes, 1f / CountOf(x, axes));

    /// <summary>The mean over one axis; NaN of no elements.</summary>
    public static Tensor Mean(this Tensor x, int axis, bool keepAxes = false) => Mean(x, [axis], keepAxes);

    /// <summary>The variance over all elements, a scalar.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="correction">What is taken off the count that the sum of squares is divided by: 1 for the unbiased estimate, 0 for the population.</param>
    public static Tensor Variance(this Tensor x, int correction = 1) => Variance(x, [], correction);

    /// <summary>The variance over axes.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axes">The axes.</param>
    /// <param name="correction">What is taken off the count that the sum of squares is divided by: 1 for the unbiased estimate, 0 for the population.</param>
    /// <param name="keepAxes">Whether reduced axes stay with size 1.</param>
    public static Tensor Variance(this Tensor x, ReadOnlySpan<int> axes, int correction = 1, bool keepAxes = false)
    {
        Tensor deviation = x.Subtract(Mean(x, axes, keepAxes: true));
        return Reduce(deviation.Square(), axes, keepAxes, 1f / Math.Max(0, CountOf(x, axes) - correction));
    }

    /// <summary>The largest of all elements, a scalar; the gradient goes to the first of them.</summary>
    /// <exception cref="ArgumentException">There are no elements.</exception>
    public static Tensor Max(this Tensor x) => Flat(x).Max(0);

    /// <summary>The largest element along an axis; the gradient goes to the first of them. A NaN counts as the largest.</summary>
    /// <exception cref="ArgumentException">The axis is empty.</exception>
    public static Tensor Max(this Tensor x, int axis, bool keepAxes = false) => Extreme(x, axis, keepAxes, smallest: false);

    /// <summary>The smallest of all elements, a scalar; the gradient goes to the first of them.</summary>
    /// <exception cref="ArgumentException">There are no elements.</exception>
    public static Tensor Min(this Tensor x) => Flat(x).Min(0);

    /// <summary>The smallest element along an axis; the gradient goes to the first of them. A NaN counts as the smallest.</summary>
    /// <exception cref="ArgumentException">The axis is empty.</exception>
    public static Tensor Min(this Tensor x, int axis, bool keepAxes = false) => Extreme(x, axis, keepAxes, smallest: true);

    /// <summary>The largest element over several axes.</summary>
    /// <exception cref="ArgumentException">An axis is empty.</exception>
    public static Tensor Max(this Tensor x, ReadOnlySpan<int> axes, bool keepAxes = false) => Extreme(x, axes, keepAxes, smallest: false);

    /// <summary>The smallest element over several axes.</summary>
    /// <exception cref="ArgumentException">An axis is empty.</exception>
    public static Tensor Min(this Tensor x, ReadOnlySpan<int> axes, bool keepAxes = false) => Extreme(x, axes, keepAxes, smallest: true);

    /// <summary>Writes the index of the first largest element along an axis, for each place on the other axes in row-major order.</summary>
    /// <exception cref="ArgumentException">The axis is empty or the span has another length.</exception>
    public static void ArgMax(this Tensor x, int axis, Span<int> indices)
    {
        ArgumentNullException.ThrowIfNull(x);
        axis = x.Shape.Axis(axis);
        int outer = x.Shape.Product(0, axis), length = NonEmpty(x, axis), inner = x.Shape.Product(axis + 1, x.Shape.Rank);
        if (indices.Length != outer * inner)
        {
            throw new ArgumentException($"Axis {axis} of shape {x.Shape} has {outer * inner} largest elements, not {indices.Length}.", nameof(indices));
        }

        fixed (int* pointer = indices)
        {
            Tape.Of(x).Backend.ArgExtreme(x.Pointer, pointer, outer, length, inner, smallest: false);
        }
    }

    /// <summary>The running sum along an axis: element i is the sum of elements 0 to i.</summary>
    public static Tensor CumulativeSum(this Tensor x, int axis)
    {
        ArgumentNullException.ThrowIfNull(x);
        axis = x.Shape.Axis(axis);
        Tape tape = Tape.Of(x);
        Tensor output = tape.NewTensor(x.Shape, tape.Records(x));
        int outer = x.Shape.Product(0, axis), length = x.Shape[axis], inner = x.Shape.Product(axis + 1, x.Shape.Rank);
        tape.Backend.CumulativeSum(x.Pointer, output.Pointer, outer, length, inner, reversed: false, accumulate: false);
        if (output.RequiresGradient)
        {
            ref Node node = ref tape.Record(CumulativeSumOperation.Instance, output, x);
            node.I0 = outer;
            node.I1 = length;
            node.I2 = inner;
        }

        return output;
    }

    internal static int NonEmpty(Tensor x, int axis) => x.Shape[axis] > 0
        ? x.Shape[axis]
        : throw new ArgumentException($"Axis {axis} of shape {x.Shape} is empty.", nameof(axis));

    private static Tensor Flat(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Reshape(new Shape(x.Length));
    }

    /// <summary>Sums group by group of adjacent axes, the innermost first.</summary>
    private static Tensor Reduce(Tensor x, ReadOnlySpan<int> axes, bool keepAxes, float scale)
    {
        ArgumentNullException.ThrowIfNull(x);
        int mask = MaskOf(x, axes);
        if (mask == 0)
        {
            return scale == 1 ? x : x.Multiply(scale);
        }

        Span<int> sizes = stackalloc int[Shape.MaximumRank];
        int rank = x.Shape.CopyTo(sizes);
        Tensor result = x;
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            if ((mask >> axis & 1) == 0)
            {
                continue;
            }

            int to = axis + 1;
            while (axis > 0 && (mask >> (axis - 1) & 1) != 0)
            {
                axis--;
            }

            sizes[axis..to].Fill(1);
            bool last = (mask & ((1 << axis) - 1)) == 0;
            Shape shape = last && !keepAxes ? Remaining(sizes[..rank], mask) : new Shape(sizes[..rank]);
            result = SumOperation.Apply(result, axis, to, shape, last ? scale : 1);
        }

        return result;
    }

    private static Tensor Extreme(Tensor x, ReadOnlySpan<int> axes, bool keepAxes, bool smallest)
    {
        ArgumentNullException.ThrowIfNull(x);
        int mask = MaskOf(x, axes);
        Tensor result = x;
        for (int axis = x.Shape.Rank - 1; axis >= 0; axis--)
        {
            if ((mask >> axis & 1) != 0)
            {
                result = Extreme(result, axis, keepAxes, smallest);
            }
        }

        return result;
    }

    private static Tensor Extreme(Tensor x, int axis, bool keepAxes, bool smallest)
    {
        ArgumentNullException.ThrowIfNull(x);
        axis = x.Shape.Axis(axis);
        Tape tape = Tape.Of(x);
        int outer = x.Shape.Product(0, axis), length = NonEmpty(x, axis), inner = x.Shape.Product(axis + 1, x.Shape.Rank);
        int* indices = tape.RentIntegers((long)outer * inner);
        tape.Backend.ArgExtreme(x.Pointer, indices, outer, length, inner, smallest);
        Shape shape = keepAxes ? x.Shape.With(axis, 1) : ShapeOperations.WithoutAxis(x.Shape, axis);
        return GatherOperation.Apply(tape, x, indices, shape, outer, length, 1, inner);
    }

    /// <summary>The axes as bits; all of them when none is named.</summary>
    private static int MaskOf(Tensor x, ReadOnlySpan<int> axes)
    {
        if (axes.IsEmpty)
        {
            return (1 << x.Shape.Rank) - 1;
        }

        int mask = 0;
        foreach (int axis in axes)
        {
            int bit = 1 << x.Shape.Axis(axis);
            mask = (mask & bit) == 0 ? mask | bit : throw new ArgumentException($"Axis {axis} is named twice.", nameof(axes));
        }

        return mask;
    }

    private static int CountOf(Tensor x, ReadOnlySpan<int> axes)
    {
        ArgumentNullException.ThrowIfNull(x);
        int mask = MaskOf(x, axes), count = 1;
        for (int axis = 0; axis < x.Shape.Rank; axis++)
        {
            count *= (mask >> axis & 1) != 0 ? x.Shape[axis] : 1;
        }

        return count;
    }

    private static Shape Remaining(ReadOnlySpan<int> sizes, int mask)
    {
        Span<int> rest = stackalloc int[Shape.MaximumRank];
        int rank = 0;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            if ((mask >> axis & 1) == 0)
            {
                rest[rank++] = sizes[axis];
            }
        }

        return new Shape(rest[..rank]);
    }
}
