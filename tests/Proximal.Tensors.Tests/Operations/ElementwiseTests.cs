namespace Proximal.Tensors.Tests.Operations;

public sealed class ElementwiseTests
{
    public static TheoryData<int[], int[]> BroadcastShapes => new()
    {
        { [], [] },
        { [37], [37] },
        { [3, 17], [17] },
        { [3, 17], [3, 1] },
        { [3, 1], [1, 5] },
        { [2, 3, 5], [3, 1] },
        { [2, 1, 5], [1, 3, 1] },
        { [2, 3, 2, 3, 2], [1, 3, 1, 3, 1] },
        { [4, 1], [] },
        { [0, 3], [3] },
        { [2, 0], [2, 1] },
        { [1, 1], [1] },
    };

    [Theory]
    [MemberData(nameof(BroadcastShapes))]
    public void Two_operands_equal_the_reference_with_broadcasting(int[] left, int[] right)
    {
        foreach ((int[] a, int[] b) in new[] { (left, right), (right, left) })
        {
            Doubles x = Doubles.Random(1, 0.3, 2, a), y = Doubles.Random(2, 0.4, 2, b);
            Check(x, y, (p, q) => p + q, (p, q) => p + q);
            Check(x, y, (p, q) => p - q, (p, q) => p - q);
            Check(x, y, (p, q) => p * q, (p, q) => p * q);
            Check(x, y, (p, q) => p / q, (p, q) => p / q);
            Check(x, y, ElementwiseOperations.Power, Math.Pow);
            Check(x, y, ElementwiseOperations.Maximum, Math.Max);
            Check(x, y, ElementwiseOperations.Minimum, Math.Min);
        }
    }

    public static TheoryData<string> UnaryNames => new(Unary.Keys);

    private static readonly Dictionary<string, (Func<Tensor, Tensor> Engine, Func<double, double> Reference, double Low, double High)> Unary = new()
    {
        ["add"] = (x => x + 1.5f, x => x + 1.5, -3, 3),
        ["add left"] = (x => 1.5f + x, x => x + 1.5, -3, 3),
        ["subtract"] = (x => x - 1.5f, x => x - 1.5, -3, 3),
        ["subtract from"] = (x => 1.5f - x, x => 1.5 - x, -3, 3),
        ["multiply"] = (x => x * -2.5f, x => x * -2.5, -3, 3),
        ["divide"] = (x => x / -2.5f, x => x / -2.5, -3, 3),
        ["divide into"] = (x => 2.5f / x, x => 2.5 / x, 0.5, 3),
        ["negate"] = (x => -x, x => -x, -3, 3),
        ["abs"] = (x => x.Abs(), Math.Abs, -3, 3),
        ["exp"] = (x => x.Exp(), Math.Exp, -5, 3),
        ["log"] = (x => x.Log(), Math.Log, 0.05, 9),
        ["sqrt"] = (x => x.Sqrt(), Math.Sqrt, 0.1, 9),
        ["rsqrt"] = (x => x.ReciprocalSqrt(), x => 1 / Math.Sqrt(x), 0.2, 9),
        ["square"] = (x => x.Square(), x => x * x, -3, 3),
        ["reciprocal"] = (x => x.Reciprocal(), x => 1 / x, -3, -0.5),
        ["sign"] = (x => x.Sign(), x => Math.Sign(x), -3, 3),
        ["clamp"] = (x => x.Clamp(-1, 0.5f), x => Math.Clamp(x, -1, 0.5), -3, 3),
        ["maximum"] = (x => x.Maximum(0.25f), x => Math.Max(x, 0.25), -3, 3),
        ["minimum"] = (x => x.Minimum(0.25f), x => Math.Min(x, 0.25), -3, 3),
        ["power 3"] = (x => x.Power(3), x => x * x * x, -2, 2),
        ["power -2"] = (x => x.Power(-2), x => 1 / (x * x), -3, -0.5),
        ["power 0"] = (x => x.Power(0), _ => 1, -3, 3),
        ["power 1"] = (x => x.Power(1), x => x, -3, 3),
        ["power 1.5"] = (x => x.Power(1.5f), x => Math.Pow(x, 1.5), 0.1, 4),
        ["relu"] = (x => x.Relu(), x => Math.Max(x, 0), -3, 3),
        ["leaky relu"] = (x => x.LeakyRelu(0.1f), x => x > 0 ? x : 0.1f * x, -3, 3),
        ["elu"] = (x => x.Elu(1.3f), x => x > 0 ? x : 1.3f * (Math.Exp(x) - 1), -3, 3),
        ["gelu"] = (x => x.Gelu(), x => x * NormalDistribution(x), -5, 5),
        ["gelu tanh"] = (x => x.GeluTanh(), x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))), -5, 5),
        ["silu"] = (x => x.Silu(), x => x / (1 + Math.Exp(-x)), -6, 6),
        ["tanh"] = (x => x.Tanh(), Math.Tanh, -4, 4),
        ["sigmoid"] = (x => x.Sigmoid(), x => 1 / (1 + Math.Exp(-x)), -6, 6),
        ["softplus"] = (x => x.Softplus(), x => Math.Log(1 + Math.Exp(x)), -6, 6),
        ["mish"] = (x => x.Mish(), x => x * Math.Tanh(Math.Log(1 + Math.Exp(x))), -6, 6),
    };

    [Theory]
    [MemberData(nameof(UnaryNames))]
    public void One_operand_equals_the_reference(string name)
    {
        (Func<Tensor, Tensor> engine, Func<double, double> reference, double low, double high) = Unary[name];
        foreach (int[] sizes in new int[][] { [], [1], [16], [3, 11], [0], [2, 0, 3], [70] })
        {
            GradientCheck.Run(x => engine(x[0]), x => x[0].Map(reference), Doubles.Random(3, low, high, sizes));
        }
    }

    [Theory]
    [MemberData(nameof(UnaryNames))]
    public void Bits_of_an_element_depend_on_nothing_but_its_input(string name)
    {
        (Func<Tensor, Tensor> engine, _, double low, double high) = Unary[name];
        float[] values = Doubles.Random(4, low, high, 40000).ToFloats();
        using Workers workers = new(3);
        using Tape tape = new(workers), other = new();
        float[] whole = engine(tape.Input(new Shape(values.Length), values)).Data.ToArray();
        for (int i = 0; i < values.Length; i += 371)
        {
            Assert.Equal(whole[i], engine(other.Input(new Shape(1), values.AsSpan(i, 1))).Item);
        }
    }

    [Fact]
    public void Addition_and_multiplication_commute_to_the_bit()
    {
        using Tape tape = new();
        Tensor x = tape.Input(new Shape(5, 1, 7), Doubles.Random(5, -9, 9, 5, 1, 7).ToFloats());
        Tensor y = tape.Input(new Shape(3, 1), Doubles.Random(6, -9, 9, 3, 1).ToFloats());
        Assert.Equal((x + y).Data.ToArray(), (y + x).Data.ToArray());
        Assert.Equal((x * y).Data.ToArray(), (y * x).Data.ToArray());
        Assert.Equal((x - y).Data.ToArray(), (-(y - x)).Data.ToArray());
        Assert.Equal(x.Maximum(y).Data.ToArray(), y.Maximum(x).Data.ToArray());
    }

    [Fact]
    public void Gradient_of_a_repeated_operand_is_the_sum_of_the_gradients_of_its_copies()
    {
        using Tape tape = new();
        Tensor x = tape.Input(new Shape(4, 6), Doubles.Random(7, -1, 1, 4, 6).ToFloats());
        Tensor row = tape.Input(new Shape(6), Doubles.Random(8, -1, 1, 6).ToFloats(), requiresGradient: true);
        Tensor copies = tape.Input(new Shape(4, 6), row.Expand(new Shape(4, 6)).Data, requiresGradient: true);
        tape.Backward((x * row).Square().Sum() + (x * copies).Square().Sum());
        for (int column = 0; column < 6; column++)
        {
            float sum = 0;
            for (int i = 0; i < 4; i++)
            {
                sum += copies.Gradient[(i * 6) + column];
            }

            Assert.Equal(sum, row.Gradient[column], 1e-6f);
        }
    }

    [Fact]
    public void Where_chooses_and_keeps_the_gradient_of_what_was_not_chosen_at_zero()
    {
        Doubles mask = Doubles.Random(9, 0, 1, 3, 1).Map(v => v > 0.5 ? 1 : 0);
        mask.Values[0] = 1;
        mask.Values[1] = 0;
        GradientCheck.Run(
            x => x[0].Tape!.Input(new Shape(3, 1), mask.ToFloats()).Where(x[0], x[1]),
            x => Doubles.From([3, 5], i => mask.Broadcast(i) != 0 ? x[0].Broadcast(i) : x[1].Broadcast(i)),
            Doubles.Random(10, -1, 1, 5),
            Doubles.Random(11, -1, 1, 3, 5));

        using Tape tape = new();
        Tensor x = tape.Input(new Shape(2), [4, -1], requiresGradient: true);
        tape.Backward(x.LessThan(0f).Where(tape.Filled(new Shape(2), 0), x.Log()).Sum());
        Assert.Equal(0.25f, x.Gradient[0]);
        Tensor filled = x.MaskedFill(x.LessThan(0f), 9);
        Assert.Equal([4f, 9f], filled.Data.ToArray());
    }

    [Fact]
    public void Comparisons_are_masks_without_gradient()
    {
        using Tape tape = new();
        Tensor x = tape.Input(new Shape(4), [1, 2, 3, float.NaN], requiresGradient: true), y = tape.Input(new Shape(4), [2, 2, 2, 2]);
        Assert.Equal([0f, 0, 1, 0], x.GreaterThan(y).Data.ToArray());
        Assert.Equal([0f, 1, 1, 0], x.GreaterThanOrEqual(y).Data.ToArray());
        Assert.Equal([1f, 0, 0, 0], x.LessThan(y).Data.ToArray());
        Assert.Equal([1f, 1, 0, 0], x.LessThanOrEqual(y).Data.ToArray());
        Assert.Equal([0f, 1, 0, 0], x.EqualTo(y).Data.ToArray());
        Assert.Equal([1f, 0, 1, 1], x.NotEqualTo(y).Data.ToArray());
        Assert.Equal(x.GreaterThan(y).Data.ToArray(), x.GreaterThan(2).Data.ToArray());
        Assert.Equal(x.GreaterThanOrEqual(y).Data.ToArray(), x.GreaterThanOrEqual(2).Data.ToArray());
        Assert.Equal(x.LessThan(y).Data.ToArray(), x.LessThan(2).Data.ToArray());
        Assert.Equal(x.LessThanOrEqual(y).Data.ToArray(), x.LessThanOrEqual(2).Data.ToArray());
        Assert.Equal(x.EqualTo(y).Data.ToArray(), x.EqualTo(2).Data.ToArray());
        Assert.Equal(x.NotEqualTo(y).Data.ToArray(), x.NotEqualTo(2).Data.ToArray());
        Assert.False(x.GreaterThan(y).RequiresGradient);
    }

    [Fact]
    public void Not_a_number_passes_through()
    {
        using Tape tape = new();
        Tensor nan = tape.Input(new Shape(1), [float.NaN]), one = tape.Input(new Shape(1), [1]);
        Assert.All(
            [nan.Maximum(one), one.Maximum(nan), nan.Minimum(one), one.Minimum(nan), nan.Relu(), nan.Clamp(0, 1), nan.Sign(), nan.Exp(), nan.Log(), nan.Softplus()],
            result => Assert.True(float.IsNaN(result.Item)));
    }

    [Fact]
    public void Softplus_keeps_its_relative_precision_far_below_zero()
    {
        using Tape tape = new();
        Assert.Equal(Math.Exp(-40), tape.Input(new Shape(1), [-40]).Softplus().Item, Math.Exp(-40) * 1e-5);
        Assert.Equal(90f, tape.Input(new Shape(1), [90]).Softplus().Item);
    }

    [Fact]
    public void Detached_values_pass_no_gradient()
    {
        using Tape tape = new();
        Tensor x = tape.Input(new Shape(2), [3, 4], requiresGradient: true);
        tape.Backward((x * x.Detach()).Sum());
        Assert.Equal([3f, 4f], x.Gradient.ToArray());
    }

    [Fact]
    public void Shapes_that_do_not_combine_are_refused()
    {
        using Tape tape = new();
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => tape.Empty(new Shape(2, 3)) + tape.Empty(new Shape(2)));
        Assert.Contains("[2, 3] and [2]", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Clamp_refuses_an_empty_range()
    {
        using Tape tape = new();
        Assert.Throws<ArgumentException>(() => tape.Empty(new Shape(2)).Clamp(1, 0));
    }

    /// <summary>The normal distribution function: Simpson's rule over the density from 0.</summary>
    private static double NormalDistribution(double x)
    {
        const int intervals = 400;
        double h = x / intervals, sum = 0;
        for (int i = 0; i <= intervals; i++)
        {
            double t = i * h;
            sum += (i is 0 or intervals ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-t * t / 2);
        }

        return 0.5 + (sum * h / 3 / Math.Sqrt(2 * Math.PI));
    }

    private static void Check(Doubles x, Doubles y, Func<Tensor, Tensor, Tensor> engine, Func<double, double, double> reference) =>
        GradientCheck.Run(t => engine(t[0], t[1]), d => Doubles.Zip(d[0], d[1], reference), x, y);
}
