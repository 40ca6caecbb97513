namespace Proximal.Tensors.Tests.Operations;

public sealed class ShapeTests
{
    [Theory]
    [InlineData(new[] { 3, 5 }, new[] { 1, 0 })]
    [InlineData(new[] { 37, 21 }, new[] { 1, 0 })]
    [InlineData(new[] { 2, 3, 5 }, new[] { 0, 2, 1 })]
    [InlineData(new[] { 2, 3, 5 }, new[] { 1, 0, 2 })]
    [InlineData(new[] { 2, 3, 5 }, new[] { 2, 0, 1 })]
    [InlineData(new[] { 2, 1, 3, 2, 2 }, new[] { 4, 2, 0, 3, 1 })]
    [InlineData(new[] { 2, 0, 3 }, new[] { 2, 1, 0 })]
    [InlineData(new[] { 4 }, new[] { 0 })]
    public void Permutation_equals_the_reference_and_its_inverse_undoes_it(int[] sizes, int[] order)
    {
        Doubles x = Doubles.Random(1, -1, 1, sizes);
        GradientCheck.Run(t => t[0].Permute(order), d => Permuted(d[0], order), x);
        int[] inverse = new int[order.Length];
        for (int k = 0; k < order.Length; k++)
        {
            inverse[order[k]] = k;
        }

        using Tape tape = new();
        Tensor tensor = tape.Input(new Shape(sizes), x.ToFloats());
        Assert.Equal(tensor.Data.ToArray(), tensor.Permute(order).Permute(inverse).Data.ToArray());
    }

    [Fact]
    public void Transposing_twice_changes_nothing()
    {
        using Tape tape = new();
        Tensor x = tape.Input(new Shape(3, 50, 33), Doubles.Random(2, -1, 1, 3, 50, 33).ToFloats());
        Assert.Equal(x.Data.ToArray(), x.Transpose().Transpose().Data.ToArray());
        Assert.Equal(x.Data.ToArray(), x.Transpose(0, 2).Transpose(2, 0).Data.ToArray());
    }

    [Theory]
    [InlineData(new[] { 1 }, new[] { 4 })]
    [InlineData(new[] { 3, 1 }, new[] { 3, 7 })]
    [InlineData(new[] { 7 }, new[] { 2, 3, 7 })]
    [InlineData(new[] { 2, 1, 3, 1 }, new[] { 5, 2, 4, 3, 2 })]
    [InlineData(new int[0], new[] { 2, 2 })]
    [InlineData(new[] { 1, 3 }, new[] { 0, 3 })]
    public void Expansion_repeats_and_sums_the_gradient(int[] sizes, int[] to) => GradientCheck.Run(
        t => t[0].Expand(new Shape(to)),
        d => Doubles.From(to, d[0].Broadcast),
        Doubles.Random(3, -1, 1, sizes));

    [Theory]
    [InlineData(new[] { 9 }, 0, 2, 5)]
    [InlineData(new[] { 4, 6 }, 0, 1, 2)]
    [InlineData(new[] { 4, 6 }, 1, 3, 3)]
    [InlineData(new[] { 4, 6 }, -1, 6, 0)]
    [InlineData(new[] { 2, 3, 4 }, 1, 0, 3)]
    public void Slices_equal_the_reference(int[] sizes, int axis, int start, int length) => GradientCheck.Run(
        t => t[0].Slice(axis, start, length),
        d => Doubles.From(With(sizes, axis, length), i => d[0][Moved(i, axis, start)]),
        Doubles.Random(4, -1, 1, sizes));

    [Theory]
    [InlineData(new[] { 3 }, 0, 2, 1)]
    [InlineData(new[] { 3, 4 }, 0, 1, 2)]
    [InlineData(new[] { 3, 4 }, 1, 0, 3)]
    [InlineData(new[] { 2, 0, 2 }, 1, 1, 1)]
    public void Padding_equals_the_reference(int[] sizes, int axis, int before, int after) => GradientCheck.Run(
        t => t[0].Pad(axis, before, after, -7),
        d => Doubles.From(
            With(sizes, axis, before + sizes[axis] + after),
            i => i[axis] >= before && i[axis] < before + sizes[axis] ? d[0][Moved(i, axis, -before)] : -7),
        Doubles.Random(5, -1, 1, sizes));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void Concatenation_equals_the_reference(int axis)
    {
        int at = axis < 0 ? 2 : axis;
        int[] a = With([2, 3, 4], at, 1), b = With([2, 3, 4], at, 0), c = With([2, 3, 4], at, 5);
        GradientCheck.Run(
            t => ShapeOperations.Concatenate(axis, t),
            d => Doubles.From(With([2, 3, 4], at, 6), i => i[at] < 1 ? d[0][i] : d[2][Moved(i, at, -1)]),
            Doubles.Random(6, -1, 1, a),
            Doubles.Random(7, -1, 1, b),
            Doubles.Random(8, -1, 1, c));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void Stacking_equals_the_reference(int axis)
    {
        int at = axis < 0 ? 2 : axis;
        int[] sizes = [.. new List<int> { 3, 4 }.Take(at), 2, .. new List<int> { 3, 4 }.Skip(at)];
        GradientCheck.Run(
            t => ShapeOperations.Stack(axis, t),
            d => Doubles.From(sizes, i => d[i[at]][[.. i.Where((_, k) => k != at)]]),
            Doubles.Random(9, -1, 1, 3, 4),
            Doubles.Random(10, -1, 1, 3, 4));
    }

    [Fact]
    public void Parts_joined_again_are_the_whole()
    {
        using Tape tape = new();
        Tensor x = tape.Input(new Shape(3, 7, 2), Doubles.Random(11, -1, 1, 3, 7, 2).ToFloats());
        Tensor[] parts = new Tensor[3];
        x.Split(1, [2, 0, 5], parts);
        Assert.Equal(x.Data.ToArray(), ShapeOperations.Concatenate(1, parts).Data.ToArray());
        Assert.Throws<ArgumentException>(() => x.Split(1, [2, 1, 5], parts));
    }

    [Fact]
    public void Reshapes_keep_the_order_and_pass_the_gradient()
    {
        Doubles x = Doubles.Random(12, -1, 1, 2, 6);
        GradientCheck.Run(t => t[0].Reshape(3, -1), d => d[0].Reshape(3, 4), x);
        GradientCheck.Run(t => t[0].Unsqueeze(1), d => d[0].Reshape(2, 1, 6), x);
        GradientCheck.Run(t => t[0].Unsqueeze(-1).Squeeze(-1), d => d[0], x);
        GradientCheck.Run(t => t[0].On(t[0].Tape!), d => d[0], x);
    }

    [Fact]
    public void A_parameter_takes_part_through_a_view_on_the_tape()
    {
        using Parameter parameter = new("scale", new Shape(2));
        parameter.Data[0] = 1;
        parameter.Data[1] = 2;
        using Tape tape = new();
        tape.Backward(parameter.On(tape).Exp().Sum());
        Assert.Equal(MathF.E, parameter.Gradient[0], 1e-5f);
        Assert.Throws<InvalidOperationException>(() => parameter.Exp());
    }

    [Fact]
    public void Impossible_shapes_are_refused()
    {
        using Tape tape = new();
        Tensor x = tape.Empty(new Shape(2, 3));
        Assert.Throws<ArgumentException>(() => x.Reshape(4, -1));
        Assert.Throws<ArgumentException>(() => x.Reshape(7));
        Assert.Throws<ArgumentException>(() => x.Permute(0, 0));
        Assert.Throws<ArgumentException>(() => x.Permute(0));
        Assert.Throws<ArgumentException>(() => x.Squeeze(0));
        Assert.Throws<ArgumentException>(() => x.Expand(new Shape(2, 4)));
        Assert.Throws<ArgumentException>(() => x.Expand(new Shape(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Slice(0, 1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Slice(2, 0, 1));
        Assert.Throws<ArgumentException>(() => ShapeOperations.Concatenate(0, x, tape.Empty(new Shape(2, 4))));
        Assert.Throws<ArgumentException>(() => ShapeOperations.Stack(0, x, tape.Empty(new Shape(2, 4))));
        Assert.Throws<ArgumentException>(() => ShapeOperations.Stack(0));
    }

    private static Doubles Permuted(Doubles x, int[] order) => Doubles.From([.. order.Select(axis => x.Sizes[axis])], index =>
    {
        int[] from = new int[order.Length];
        for (int k = 0; k < order.Length; k++)
        {
            from[order[k]] = index[k];
        }

        return x[from];
    });

    private static int[] With(int[] sizes, int axis, int size)
    {
        int[] copy = (int[])sizes.Clone();
        copy[axis < 0 ? axis + copy.Length : axis] = size;
        return copy;
    }

    private static int[] Moved(int[] index, int axis, int by)
    {
        int[] copy = (int[])index.Clone();
        copy[axis < 0 ? axis + copy.Length : axis] += by;
        return copy;
    }
}
