using Proximal.Tensors.Random;

namespace Proximal.Tensors.Tests.Operations;

public sealed class LossTests
{
    private static readonly Doubles X = Doubles.Random(1, -3, 3, 3, 7);
    private static readonly Doubles Y = Doubles.Random(2, -3, 3, 3, 7);
    private static readonly Doubles Labels = Doubles.Random(3, 0, 1, 3, 7);

    [Fact]
    public void Regression_losses_equal_the_reference()
    {
        GradientCheck.Run(t => t[0].MeanSquaredError(t[1]), d => Mean(Doubles.Zip(d[0], d[1], (x, y) => (x - y) * (x - y))), X, Y);
        GradientCheck.Run(t => t[0].HuberLoss(t[1], 1.5f), d => Mean(Doubles.Zip(d[0], d[1], (x, y) => Huber(x - y, 1.5))), X, Y);
        GradientCheck.Run(t => t[0].SmoothL1Loss(t[1], 0.5f), d => Mean(Doubles.Zip(d[0], d[1], (x, y) => Huber(x - y, 0.5) / 0.5)), X, Y);
    }

    [Fact]
    public void Binary_cross_entropy_equals_the_reference() => GradientCheck.Run(
        t => t[0].BinaryCrossEntropyWithLogits(t[1]),
        d => Mean(Doubles.Zip(d[0], d[1], (x, y) => -(y * Math.Log(1 / (1 + Math.Exp(-x)))) - ((1 - y) * Math.Log(1 / (1 + Math.Exp(x)))))),
        X,
        Labels);

    [Theory]
    [InlineData(0)]
    [InlineData(0.1f)]
    public void Cross_entropy_equals_the_reference_and_leaves_out_negative_targets(float smoothing)
    {
        int[] targets = [4, -100, 0];
        GradientCheck.Run(
            t => t[0].CrossEntropy(targets, smoothing),
            d =>
            {
                double sum = 0;
                foreach (int row in new[] { 0, 2 })
                {
                    double[] line = d[0].Line(1, [row, 0]);
                    double normalizer = Math.Log(line.Sum(Math.Exp));
                    sum += ((1 - smoothing) * (normalizer - line[targets[row]])) + (smoothing * line.Average(v => normalizer - v));
                }

                return Doubles.Filled(sum / 2);
            },
            X);
    }

    [Fact]
    public void Divergence_equals_the_reference_and_vanishes_for_equal_distributions()
    {
        GradientCheck.Run(
            t => t[0].LogSoftmax().KullbackLeibler(t[1].LogSoftmax()),
            d => Doubles.From([3], i =>
            {
                double[] p = d[0].Line(1, [i[0], 0]), q = d[1].Line(1, [i[0], 0]);
                double pn = Math.Log(p.Sum(Math.Exp)), qn = Math.Log(q.Sum(Math.Exp));
                return p.Zip(q, (a, b) => Math.Exp(a - pn) * (a - pn - b + qn)).Sum();
            }),
            X,
            Y);
        using Tape tape = new();
        Tensor log = tape.Input(new Shape(3, 7), X.ToFloats()).LogSoftmax();
        Assert.All(log.KullbackLeibler(log).Data.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Masked_elements_count_for_nothing_even_where_they_are_no_number()
    {
        using Tape tape = new();
        Tensor x = tape.Input(new Shape(3), [1, float.NaN, 4], requiresGradient: true), y = tape.Input(new Shape(3), [0, 0, 1]);
        Tensor loss = x.MeanSquaredError(y, tape.Input(new Shape(3), [1, 0, 1]));
        Assert.Equal(5, loss.Item);
        tape.Backward(loss);
        Assert.Equal(1f, x.Gradient[0]);
        Assert.Equal(3f, x.Gradient[2]);
        Assert.Equal(0, x.HuberLoss(y, 1, tape.Filled(new Shape(3), 0)).Item);
        Assert.Equal(0, tape.Input(new Shape(1, 3), [1, 2, 3]).CrossEntropy([-1]).Item);
    }

    [Fact]
    public void Shapes_targets_and_settings_that_do_not_fit_are_refused()
    {
        using Tape tape = new();
        Tensor x = tape.Empty(new Shape(3, 1)), y = tape.Empty(new Shape(3));
        Assert.Throws<ArgumentException>(() => x.MeanSquaredError(y));
        Assert.Throws<ArgumentException>(() => x.CrossEntropy([0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.CrossEntropy([0, 1, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.CrossEntropy([0, 0, 0], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.HuberLoss(x, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Dropout(1, default));
    }

    [Fact]
    public void Dropout_is_named_by_its_stream_and_keeps_the_mean()
    {
        const int length = 30_001;
        using Workers workers = new(3);
        using Tape tape = new(workers), other = new();
        RandomStream stream = new(7, RandomPurpose.Dropout, step: 3);
        Tensor x = tape.Input(new Shape(length), Doubles.Filled(1, length).ToFloats(), requiresGradient: true);
        float[] dropped = x.Dropout(0.25, stream).Data.ToArray();
        Assert.Equal(dropped, other.Filled(new Shape(length), 1).Dropout(0.25, stream).Data.ToArray());
        Assert.NotEqual(dropped, x.Dropout(0.25, new RandomStream(7, RandomPurpose.Dropout, step: 4)).Data.ToArray());
        Assert.All(dropped, value => Assert.True(value is 0 or 1 / 0.75f));
        Assert.Equal(0.25, dropped.Count(value => value == 0) / (double)length, 0.01);
        Assert.Same(x, x.Dropout(0, stream));
        tape.Backward(x.Dropout(0.25, stream).Sum());
        Assert.Equal(dropped, x.Gradient.ToArray());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(37)]
    public void Layer_norm_equals_the_reference(int length) => GradientCheck.Run(
        t => t[0].LayerNorm(t[1], t[2], 1e-3f),
        d => Doubles.From([4, length], i =>
        {
            double[] line = d[0].Line(1, i);
            double mean = line.Average(), variance = line.Average(v => (v - mean) * (v - mean));
            return ((d[0][i] - mean) / Math.Sqrt(variance + 1e-3f) * d[1][i[1]]) + d[2][i[1]];
        }),
        Doubles.Random(4, -2, 2, 4, length),
        Doubles.Random(5, 0.5, 2, length),
        Doubles.Random(6, -1, 1, length));

    private static double Huber(double d, double delta) => Math.Abs(d) <= delta ? d * d / 2 : delta * (Math.Abs(d) - (delta / 2));

    private static Doubles Mean(Doubles x) => Doubles.Filled(x.Values.Average());
}
