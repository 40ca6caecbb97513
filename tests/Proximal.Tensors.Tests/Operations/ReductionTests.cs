namespace Proximal.Tensors.Tests.Operations;

public sealed class ReductionTests
{
    public static TheoryData<int[], int[]> Axes => new()
    {
        { [7], [0] },
        { [3, 17], [1] },
        { [3, 17], [0] },
        { [3, 17], [-1, 0] },
        { [2, 3, 5], [1] },
        { [2, 3, 5], [0, 2] },
        { [2, 3, 2, 3, 2], [0, 2, 3] },
        { [2, 70], [0] },
        { [1, 2, 64], [1] },
        { [1, 1], [0] },
        { [0, 3], [0] },
        { [3, 0], [0] },
    };

    [Theory]
    [MemberData(nameof(Axes))]
    public void Sum_mean_and_variance_equal_the_reference(int[] sizes, int[] axes)
    {
        Doubles x = Doubles.Random(1, -2, 2, sizes);
        foreach (bool keep in new[] { false, true })
        {
            GradientCheck.Run(t => t[0].Sum(axes, keep), d => Reduce(d[0], axes, keep, line => line.Sum()), x);
            if (axes.All(axis => sizes[axis < 0 ? axis + sizes.Length : axis] > 0))
            {
                GradientCheck.Run(t => t[0].Mean(axes, keep), d => Reduce(d[0], axes, keep, line => line.Average()), x);
                GradientCheck.Run(t => t[0].Variance(axes, 0, keep), d => Reduce(d[0], axes, keep, line => Variance(line, 0)), x);
                GradientCheck.Run(t => t[0].Max(axes, keep), d => Reduce(d[0], axes, keep, line => line.Max()), x);
                GradientCheck.Run(t => t[0].Min(axes, keep), d => Reduce(d[0], axes, keep, line => line.Min()), x);
            }
        }
    }

    [Fact]
    public void Reductions_over_everything_are_scalars()
    {
        Doubles x = Doubles.Random(2, -1, 1, 3, 4, 5);
        GradientCheck.Run(t => t[0].Sum(), d => Doubles.Filled(d[0].Values.Sum()), x);
        GradientCheck.Run(t => t[0].Mean(), d => Doubles.Filled(d[0].Values.Average()), x);
        GradientCheck.Run(t => t[0].Variance(), d => Doubles.Filled(Variance(d[0].Values, 1)), x);
        GradientCheck.Run(t => t[0].Max(), d => Doubles.Filled(d[0].Values.Max()), x);
        GradientCheck.Run(t => t[0].Min(), d => Doubles.Filled(d[0].Values.Min()), x);
    }

    [Theory]
    [InlineData(100_003)]
    [InlineData(4096)]
    [InlineData(4097)]
    public void Long_rows_sum_precisely_and_to_the_same_bits_with_any_number_of_workers(int length)
    {
        Doubles x = Doubles.Random(3, 0, 1, 3, length);
        float[] first = [];
        for (int count = 1; count <= 3; count++)
        {
            using Workers workers = new(count);
            using Tape tape = new(workers);
            float[] sums = tape.Input(new Shape(3, length), x.ToFloats()).Sum(1).Data.ToArray();
            first = count == 1 ? sums : first;
            Assert.Equal(first, sums);
        }

        for (int row = 0; row < 3; row++)
        {
            using Tape alone = new();
            Assert.Equal(first[row], alone.Input(new Shape(length), x.ToFloats().AsSpan(row * length, length)).Sum().Item);
            double exact = x.Line(1, [row, 0]).Sum();
            Assert.Equal(exact, first[row], exact * 1e-6);
        }
    }

    [Fact]
    public void Sum_of_ones_spreads_a_gradient_of_one()
    {
        using Tape tape = new();
        Tensor x = tape.Input(new Shape(2, 9000), new float[18000], requiresGradient: true);
        tape.Backward(x.Sum());
        Assert.All(x.Gradient.ToArray(), value => Assert.Equal(1f, value));
    }

    [Fact]
    public void The_first_of_equal_largest_elements_gets_the_gradient()
    {
        using Tape tape = new();
        Tensor x = tape.Input(new Shape(4), [1, 5, 5, 2], requiresGradient: true);
        tape.Backward(x.Max());
        Assert.Equal([0f, 1, 0, 0], x.Gradient.ToArray());
    }

    [Fact]
    public void Argmax_names_the_first_largest_element_of_each_line()
    {
        using Tape tape = new();
        Tensor x = tape.Input(new Shape(2, 3), [1, 5, 5, float.NaN, 7, 8]);
        int[] rows = new int[2], columns = new int[3];
        x.ArgMax(1, rows);
        x.ArgMax(0, columns);
        Assert.Equal([1, 0], rows);
        Assert.Equal([1, 1, 1], columns);
        Assert.Throws<ArgumentException>(() => x.ArgMax(0, rows));
    }

    [Fact]
    public void The_largest_of_nothing_is_refused()
    {
        using Tape tape = new();
        Assert.Throws<ArgumentException>(() => tape.Empty(new Shape(2, 0)).Max(1));
        Assert.Throws<ArgumentException>(() => tape.Empty(new Shape(2, 3)).Sum([0, -2]));
    }

    [Theory]
    [InlineData(new[] { 5 }, 0)]
    [InlineData(new[] { 3, 4 }, 0)]
    [InlineData(new[] { 3, 4 }, 1)]
    [InlineData(new[] { 1, 3, 70 }, 1)]
    [InlineData(new[] { 0, 2 }, 0)]
    public void Running_sums_equal_the_reference(int[] sizes, int axis) => GradientCheck.Run(
        t => t[0].CumulativeSum(axis),
        d => Doubles.From(d[0].Sizes, i => d[0].Line(axis, i).Take(i[axis] + 1).Sum()),
        Doubles.Random(4, -1, 1, sizes));

    [Theory]
    [InlineData(new[] { 5 }, 0)]
    [InlineData(new[] { 3, 17 }, 1)]
    [InlineData(new[] { 3, 16 }, -1)]
    [InlineData(new[] { 3, 4 }, 0)]
    [InlineData(new[] { 2, 35, 3 }, 1)]
    [InlineData(new[] { 0, 3 }, 1)]
    [InlineData(new[] { 4, 1 }, 1)]
    public void Softmax_log_softmax_and_logsumexp_equal_the_reference(int[] sizes, int axis)
    {
        Doubles x = Doubles.Random(5, -4, 4, sizes);
        GradientCheck.Run(t => t[0].Softmax(axis), d => Doubles.Zip(d[0], d[0].Fold(axis, LogSumExp), (a, b) => Math.Exp(a - b)), x);
        GradientCheck.Run(t => t[0].LogSoftmax(axis), d => Doubles.Zip(d[0], d[0].Fold(axis, LogSumExp), (a, b) => a - b), x);
        GradientCheck.Run(t => t[0].LogSumExp(axis, true), d => d[0].Fold(axis, LogSumExp), x);
        GradientCheck.Run(t => t[0].LogSumExp(axis), d => Reduce(d[0], [axis], false, LogSumExp), x);
    }

    [Fact]
    public void Softmax_is_the_same_for_shifted_rows_and_sums_to_one()
    {
        using Tape tape = new();
        float[] values = Doubles.Random(6, -4, 4, 5, 33).Map(Math.Round).ToFloats();
        Tensor x = tape.Input(new Shape(5, 33), values);
        Assert.Equal(x.Softmax().Data.ToArray(), (x + 1000f).Softmax().Data.ToArray());
        Assert.All(x.Softmax().Sum(-1).Data.ToArray(), sum => Assert.Equal(1f, sum, 1e-5f));
    }

    [Fact]
    public void Impossible_entries_get_probability_zero()
    {
        using Tape tape = new();
        Tensor x = tape.Input(new Shape(3), [1, float.NegativeInfinity, 1], requiresGradient: true);
        Assert.Equal([0.5f, 0, 0.5f], x.Softmax().Data.ToArray());
        tape.Backward(x.LogSumExp());
        Assert.Equal([0.5f, 0, 0.5f], x.Gradient.ToArray());
    }

    [Fact]
    public void A_row_has_the_same_bits_in_any_batch()
    {
        using Tape tape = new();
        float[] values = Doubles.Random(7, -4, 4, 50, 777).ToFloats();
        Tensor batch = tape.Input(new Shape(50, 777), values), alone = tape.Input(new Shape(1, 777), values.AsSpan(777 * 31, 777));
        foreach (Func<Tensor, Tensor> operation in new Func<Tensor, Tensor>[] { x => x.LogSoftmax(), x => x.Softmax(), x => x.LayerNorm() })
        {
            Assert.Equal(operation(batch).Data.Slice(777 * 31, 777).ToArray(), operation(alone).Data.ToArray());
        }
    }

    private static double Variance(double[] values, int correction) =>
        values.Sum(v => (v - values.Average()) * (v - values.Average())) / (values.Length - correction);

    private static double LogSumExp(double[] line) => Math.Log(line.Sum(Math.Exp));

    private static Doubles Reduce(Doubles x, int[] axes, bool keep, Func<double[], double> f)
    {
        bool[] reduced = new bool[x.Sizes.Length];
        foreach (int axis in axes)
        {
            reduced[axis < 0 ? axis + reduced.Length : axis] = true;
        }

        int[] kept = [.. x.Sizes.Select((size, axis) => reduced[axis] ? 1 : size)];
        Doubles result = new(kept);
        List<double>[] groups = [.. result.Values.Select(_ => new List<double>())];
        Doubles places = new(kept);
        for (int i = 0; i < places.Length; i++)
        {
            places.Values[i] = i;
        }

        Doubles.From(x.Sizes, at =>
        {
            groups[(int)places.Broadcast(at)].Add(x[at]);
            return 0;
        });
        for (int i = 0; i < groups.Length; i++)
        {
            result.Values[i] = f([.. groups[i]]);
        }

        return keep ? result : result.Reshape([.. kept.Where((_, axis) => !reduced[axis])]);
    }
}
