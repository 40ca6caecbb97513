namespace Proximal.Tensors.Tests.Operations;

public sealed class ConvolutionTests
{
    [Theory]
    [InlineData(1, 1, 1, 5, 4, 3, 2, 1, 0, 1, 1)]
    [InlineData(2, 2, 3, 5, 4, 3, 3, 1, 1, 1, 1)]
    [InlineData(1, 2, 2, 7, 6, 3, 2, 2, 1, 1, 1)]
    [InlineData(1, 1, 2, 7, 7, 2, 3, 1, 2, 2, 1)]
    [InlineData(1, 4, 6, 3, 4, 2, 2, 1, 0, 1, 2)]
    [InlineData(2, 3, 3, 4, 3, 3, 3, 3, 2, 1, 3)]
    [InlineData(1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1)]
    [InlineData(0, 2, 1, 3, 3, 2, 2, 1, 0, 1, 1)]
    public void Convolution_over_two_axes_equals_the_reference(
        int batch, int inputs, int outputs, int height, int width, int windowHeight, int windowWidth, int stride, int padding, int dilation, int groups) => GradientCheck.Run(
        t => t[0].Conv2d(t[1], t[2], stride, padding, dilation, groups),
        d => Convolve(d[0], d[1], d[2], stride, padding, dilation, groups),
        5e-5,
        Doubles.Random(1, -1, 1, batch, inputs, height, width),
        Doubles.Random(2, -1, 1, outputs, inputs / groups, windowHeight, windowWidth),
        Doubles.Random(3, -1, 1, outputs));

    [Theory]
    [InlineData(1, 0, 1, 1)]
    [InlineData(2, 3, 1, 2)]
    [InlineData(1, 2, 2, 1)]
    public void Convolution_over_one_axis_equals_the_reference(int stride, int padding, int dilation, int groups)
    {
        GradientCheck.Run(
            t => t[0].Conv1d(t[1], t[2], stride, padding, dilation, groups),
            d => Convolve1d(d[0], d[1], d[2], stride, padding, dilation, groups),
            5e-5,
            Doubles.Random(4, -1, 1, 2, 4, 9),
            Doubles.Random(5, -1, 1, 2, 4 / groups, 3),
            Doubles.Random(6, -1, 1, 2));
        GradientCheck.Run(
            t => t[0].Conv1d(t[1], null, stride, padding, dilation, groups),
            d => Convolve1d(d[0], d[1], new Doubles(2), stride, padding, dilation, groups),
            5e-5,
            Doubles.Random(7, -1, 1, 1, 4, 7),
            Doubles.Random(8, -1, 1, 2, 4 / groups, 3));
    }

    [Fact]
    public void An_image_has_the_same_bits_in_any_batch_and_gradients_the_same_with_any_number_of_workers()
    {
        float[] images = Doubles.Random(9, -1, 1, 21, 3, 9, 9).ToFloats(), weights = Doubles.Random(10, -1, 1, 4, 3, 3, 3).ToFloats();
        float[] first = [], firstGradient = [];
        for (int count = 1; count <= 3; count++)
        {
            using Workers workers = new(count);
            using Tape tape = new(workers);
            Tensor w = tape.Input(new Shape(4, 3, 3, 3), weights, requiresGradient: true);
            Tensor y = tape.Input(new Shape(21, 3, 9, 9), images).Conv2d(w, padding: 1);
            tape.Backward(y.Square().Sum());
            first = count == 1 ? y.Data.ToArray() : first;
            firstGradient = count == 1 ? w.Gradient.ToArray() : firstGradient;
            Assert.Equal(first, y.Data.ToArray());
            Assert.Equal(firstGradient, w.Gradient.ToArray());
        }

        using Tape alone = new();
        const int image = 13, size = 3 * 81, output = 4 * 81;
        Tensor one = alone.Input(new Shape(1, 3, 9, 9), images.AsSpan(image * size, size)).Conv2d(alone.Input(new Shape(4, 3, 3, 3), weights), padding: 1);
        Assert.Equal(first.AsSpan(image * output, output).ToArray(), one.Data.ToArray());
    }

    [Theory]
    [InlineData(5, 6, 2, 2, 0)]
    [InlineData(5, 5, 3, 1, 1)]
    [InlineData(7, 4, 3, 2, 1)]
    [InlineData(1, 1, 1, 1, 0)]
    public void Pooling_equals_the_reference(int height, int width, int size, int stride, int padding)
    {
        Doubles x = Doubles.Random(11, -1, 1, 2, 3, height, width);
        GradientCheck.Run(t => t[0].MaxPool2d(size, stride, padding), d => Pool(d[0], size, stride, padding, values => values.Max()), x);
        GradientCheck.Run(t => t[0].MeanPool2d(size, stride, padding), d => Pool(d[0], size, stride, padding, values => values.Sum() / (size * size)), x);
    }

    [Fact]
    public void Pooling_over_one_axis_equals_the_reference()
    {
        Doubles x = Doubles.Random(12, -1, 1, 2, 3, 7);
        GradientCheck.Run(t => t[0].MaxPool1d(3, 2), d => Doubles.From([2, 3, 3], i => Enumerable.Range(0, 3).Max(k => d[0][i[0], i[1], (2 * i[2]) + k])), x);
        GradientCheck.Run(t => t[0].MeanPool1d(3, 2), d => Doubles.From([2, 3, 3], i => Enumerable.Range(0, 3).Average(k => d[0][i[0], i[1], (2 * i[2]) + k])), x);
    }

    [Fact]
    public void Settings_that_do_not_fit_are_refused()
    {
        using Tape tape = new();
        Tensor x = tape.Empty(new Shape(1, 4, 5, 5)), w = tape.Empty(new Shape(2, 4, 3, 3));
        Assert.Throws<ArgumentException>(() => x.Conv2d(w, groups: 2));
        Assert.Throws<ArgumentException>(() => x.Conv2d(w, tape.Empty(new Shape(3))));
        Assert.Throws<ArgumentException>(() => x.Conv2d(w, dilation: 3));
        Assert.Throws<ArgumentException>(() => x.Conv1d(w));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Conv2d(w, stride: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Conv2d(w, padding: 1 << 20));
        Assert.Throws<ArgumentException>(() => x.MaxPool2d(2, padding: 2));
        Assert.Throws<ArgumentException>(() => x.MaxPool2d(6));
        Assert.Throws<ArgumentException>(() => x.MeanPool1d(2));
    }

    private static Doubles Convolve1d(Doubles x, Doubles w, Doubles bias, int stride, int padding, int dilation, int groups)
    {
        int places = ((x.Sizes[2] + (2 * padding) - (dilation * (w.Sizes[2] - 1)) - 1) / stride) + 1;
        return Doubles.From([x.Sizes[0], w.Sizes[0], places], i =>
        {
            double sum = bias[i[1]];
            int first = i[1] / (w.Sizes[0] / groups) * w.Sizes[1];
            for (int c = 0; c < w.Sizes[1]; c++)
            {
                for (int k = 0; k < w.Sizes[2]; k++)
                {
                    int at = (i[2] * stride) - padding + (k * dilation);
                    sum += at < 0 || at >= x.Sizes[2] ? 0 : w[i[1], c, k] * x[i[0], first + c, at];
                }
            }

            return sum;
        });
    }

    private static Doubles Convolve(Doubles x, Doubles w, Doubles bias, int stride, int padding, int dilation, int groups)
    {
        int rows = ((x.Sizes[2] + (2 * padding) - (dilation * (w.Sizes[2] - 1)) - 1) / stride) + 1;
        int columns = ((x.Sizes[3] + (2 * padding) - (dilation * (w.Sizes[3] - 1)) - 1) / stride) + 1;
        return Doubles.From([x.Sizes[0], w.Sizes[0], rows, columns], i =>
        {
            double sum = bias[i[1]];
            int first = i[1] / (w.Sizes[0] / groups) * w.Sizes[1];
            for (int c = 0; c < w.Sizes[1]; c++)
            {
                for (int ky = 0; ky < w.Sizes[2]; ky++)
                {
                    for (int kx = 0; kx < w.Sizes[3]; kx++)
                    {
                        int y = (i[2] * stride) - padding + (ky * dilation), z = (i[3] * stride) - padding + (kx * dilation);
                        sum += y < 0 || y >= x.Sizes[2] || z < 0 || z >= x.Sizes[3] ? 0 : w[i[1], c, ky, kx] * x[i[0], first + c, y, z];
                    }
                }
            }

            return sum;
        });
    }

    private static Doubles Pool(Doubles x, int size, int stride, int padding, Func<IEnumerable<double>, double> f)
    {
        int rows = ((x.Sizes[2] + (2 * padding) - size) / stride) + 1, columns = ((x.Sizes[3] + (2 * padding) - size) / stride) + 1;
        return Doubles.From([x.Sizes[0], x.Sizes[1], rows, columns], i =>
        {
            List<double> values = [];
            for (int y = (i[2] * stride) - padding; y < (i[2] * stride) - padding + size; y++)
            {
                for (int z = (i[3] * stride) - padding; z < (i[3] * stride) - padding + size; z++)
                {
                    if (y >= 0 && y < x.Sizes[2] && z >= 0 && z < x.Sizes[3])
                    {
                        values.Add(x[i[0], i[1], y, z]);
                    }
                }
            }

            return f(values);
        });
    }
}
