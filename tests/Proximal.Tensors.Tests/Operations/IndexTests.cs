namespace Proximal.Tensors.Tests.Operations;

public sealed class IndexTests
{
    [Theory]
    [InlineData(new[] { 5 }, 0)]
    [InlineData(new[] { 5, 3 }, 0)]
    [InlineData(new[] { 3, 5 }, 1)]
    [InlineData(new[] { 2, 5, 3 }, -2)]
    [InlineData(new[] { 0, 5 }, 1)]
    public void Index_select_equals_the_reference_with_repeated_indices(int[] sizes, int axis)
    {
        int at = axis < 0 ? axis + sizes.Length : axis;
        int[] indices = [4, 0, 4, 2];
        GradientCheck.Run(
            t => t[0].IndexSelect(axis, indices),
            d => Doubles.From(With(sizes, at, 4), i => d[0][With(i, at, indices[i[at]])]),
            Doubles.Random(1, -1, 1, sizes));
    }

    [Theory]
    [InlineData(new[] { 5 }, 0)]
    [InlineData(new[] { 5, 3 }, 0)]
    [InlineData(new[] { 3, 5 }, 1)]
    [InlineData(new[] { 2, 5, 3 }, 1)]
    public void Take_scatter_and_scatter_add_equal_the_reference_with_repeated_indices(int[] sizes, int axis)
    {
        const int count = 4;
        int[] few = With(sizes, axis, count);
        Doubles places = Doubles.Random(2, 0, 4.999, few).Map(Math.Floor);
        int[] indices = Array.ConvertAll(places.Values, value => (int)value);
        Doubles x = Doubles.Random(3, -1, 1, sizes), y = Doubles.Random(4, -1, 1, few);
        GradientCheck.Run(t => t[0].TakeAlongAxis(axis, indices), d => Doubles.From(few, i => d[0][With(i, axis, (int)places[i])]), x);
        GradientCheck.Run(t => t[0].ScatterAdd(axis, indices, t[1]), d => Written(d[0], d[1], places, axis, (old, value) => old + value), x, y);
        GradientCheck.Run(t => t[0].Scatter(axis, indices, t[1]), d => Written(d[0], d[1], places, axis, (_, value) => value), x, y);
    }

    [Fact]
    public void Gather_picks_one_element_of_each_row()
    {
        int[] indices = [2, 0, 3, 3, 1, 2];
        GradientCheck.Run(
            t => t[0].Gather(indices),
            d => Doubles.From([2, 3], i => d[0][i[0], i[1], indices[(3 * i[0]) + i[1]]]),
            Doubles.Random(5, -1, 1, 2, 3, 4));
    }

    [Fact]
    public void Indices_outside_the_axis_and_wrong_counts_are_refused()
    {
        using Tape tape = new();
        Tensor x = tape.Empty(new Shape(2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Gather([0, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.IndexSelect(0, [-1]));
        Assert.Throws<ArgumentException>(() => x.Gather([0, 1, 2]));
        Assert.Throws<ArgumentException>(() => x.TakeAlongAxis(0, [0, 1]));
        Assert.Throws<ArgumentException>(() => x.ScatterAdd(0, [0, 1, 0], tape.Empty(new Shape(2, 3))));
    }

    private static Doubles Written(Doubles x, Doubles y, Doubles places, int axis, Func<double, double, double> combine)
    {
        Doubles result = x.Copy();
        Doubles.From(y.Sizes, i =>
        {
            int[] place = With(i, axis, (int)places[i]);
            result[place] = combine(result[place], y[i]);
            return 0;
        });
        return result;
    }

    private static int[] With(int[] values, int axis, int value)
    {
        int[] copy = (int[])values.Clone();
        copy[axis] = value;
        return copy;
    }
}
