using Proximal.Tensors.Random;

namespace Proximal.Tensors.Tests.Operations;

public sealed class LinearOperationsTests
{
    [Theory]
    [InlineData(1, 7, 5, true, true)]
    [InlineData(6, 33, 45, true, false)]
    [InlineData(13, 20, 70, false, true)]
    [InlineData(70, 65, 31, false, false)]
    [InlineData(5, 1, 1, true, true)]
    public void Linear_and_its_gradients_equal_differences_in_double_precision(int rows, int inputs, int outputs, bool withBias, bool withResidual)
    {
        using Tape tape = new();
        using Parameter weight = RandomParameter("weight", new Shape(outputs, inputs), 1), bias = RandomParameter("bias", new Shape(outputs), 2);
        Tensor x = RandomInput(tape, new Shape(rows, inputs), 3), residual = RandomInput(tape, new Shape(rows, outputs), 4);
        Tensor y = x.Linear(weight, withBias ? bias : null, withResidual ? residual : null);
        float[] seed = RandomValues(y.Length, 5);
        tape.Seed(y, seed);
        tape.Backward();

        double[][] values = [Doubles(x), Doubles(weight), Doubles(bias), Doubles(residual)];
        double[] Reference()
        {
            double[] result = new double[rows * outputs];
            for (int row = 0; row < rows; row++)
            {
                for (int output = 0; output < outputs; output++)
                {
                    double sum = (withBias ? values[2][output] : 0) + (withResidual ? values[3][(row * outputs) + output] : 0);
                    for (int input = 0; input < inputs; input++)
                    {
                        sum += values[0][(row * inputs) + input] * values[1][(output * inputs) + input];
                    }

                    result[(row * outputs) + output] = sum;
                }
            }

            return result;
        }

        AssertClose(Reference(), y.Data);
        AssertGradient(Reference, values[0], seed, x.Gradient);
        AssertGradient(Reference, values[1], seed, weight.Gradient);
        if (withBias)
        {
            AssertGradient(Reference, values[2], seed, bias.Gradient);
        }

        if (withResidual)
        {
            AssertGradient(Reference, values[3], seed, residual.Gradient);
        }
    }

    [Theory]
    [InlineData(1, 7, 3)]
    [InlineData(13, 33, 2)]
    [InlineData(300, 130, 3)]
    public void Layers_of_a_group_and_their_gradients_have_the_bits_that_each_has_by_itself(int rows, int inputs, int layers)
    {
        foreach (int threads in new[] { 1, 2 })
        {
            using Workers workers = new(threads);
            Assert.Equal(Bits(workers, together: false), Bits(workers, together: true));
        }

        int[] Bits(Workers workers, bool together)
        {
            using Tape tape = new(workers);
            int[] outputs = [40, 64, 5];
            Parameter[] weights = [.. Enumerable.Range(0, layers).Select(i => RandomParameter($"weight {i}", new Shape(outputs[i], inputs), i))];
            using Parameter bias = RandomParameter("bias", new Shape(64), 7);
            Tensor x = RandomInput(tape, new Shape(rows, inputs), 8);
            Tensor?[] y = new Tensor?[3];
            if (!together)
            {
                for (int i = 0; i < layers; i++)
                {
                    y[i] = x.Linear(weights[i], i == 1 ? bias : null);
                }
            }
            else if (layers == 2)
            {
                x.Linear(new LinearGroup((weights[0], null), (weights[1], bias)), out y[0]!, out y[1]!);
            }
            else
            {
                x.Linear(new LinearGroup((weights[0], null), (weights[1], bias), (weights[2], null)), out y[0]!, out y[1]!, out y[2]!);
            }

            // The first layer has no part in the loss.
            for (int i = 1; i < layers; i++)
            {
                tape.Seed(y[i]!, RandomValues(y[i]!.Length, 9 + i));
            }

            tape.Backward();
            float[] all =
            [
                .. y.Take(layers).SelectMany(output => output!.Data.ToArray()), .. x.Gradient, .. bias.Gradient, .. weights.SelectMany(w => w.Gradient.ToArray()),
            ];
            Array.ForEach(weights, weight => weight.Dispose());
            return [.. all.Select(BitConverter.SingleToInt32Bits)];
        }
    }

    [Fact]
    public void Linear_keeps_the_leading_axes()
    {
        using Tape tape = new();
        using Parameter weight = RandomParameter("weight", new Shape(4, 6), 1);
        Assert.Equal(new Shape(2, 3, 5, 4), RandomInput(tape, new Shape(2, 3, 5, 6), 2).Linear(weight).Shape);
        Assert.Equal(new Shape(4), RandomInput(tape, new Shape(6), 2).Linear(weight).Shape);
    }

    [Fact]
    public void Gradients_add_up_until_they_are_cleared()
    {
        using Tape tape = new();
        using Parameter weight = RandomParameter("weight", new Shape(9, 8), 1), bias = RandomParameter("bias", new Shape(9), 2);
        float[] values = RandomValues(40, 3), seed = RandomValues(45, 4);
        float[] Step(bool both)
        {
            tape.Reset();
            Tensor x = tape.Input(new Shape(5, 8), values);
            Tensor y = x.Linear(weight, bias);
            tape.Seed(y, seed);
            if (both)
            {
                tape.Seed(x.Linear(weight, bias), seed);
            }

            tape.Backward();
            return [.. weight.Gradient, .. bias.Gradient];
        }

        float[] once = Step(both: false);
        weight.ClearGradient();
        bias.ClearGradient();
        Assert.Equal(once, Step(both: false));
        float[] twice = Step(both: false);
        for (int i = 0; i < once.Length; i++)
        {
            Assert.Equal(2 * once[i], twice[i], Math.Abs(once[i]) * 1e-5 + 1e-5);
        }

        weight.ClearGradient();
        bias.ClearGradient();
        Assert.Equal(twice, Step(both: true));
    }

    [Fact]
    public void A_row_of_a_linear_layer_has_the_same_bits_alone_and_among_others()
    {
        using Tape tape = new();
        using Parameter weight = RandomParameter("weight", new Shape(37, 400), 1), bias = RandomParameter("bias", new Shape(37), 2);
        float[] values = RandomValues(50 * 400, 3), residual = RandomValues(50 * 37, 4);
        Tensor all = tape.Input(new Shape(50, 400), values).Linear(weight, bias, tape.Input(new Shape(50, 37), residual));
        for (int row = 0; row < 50; row++)
        {
            Tensor alone = tape.Input(new Shape(1, 400), values.AsSpan(row * 400, 400))
                .Linear(weight, bias, tape.Input(new Shape(1, 37), residual.AsSpan(row * 37, 37)));
            Assert.Equal(all.Data.Slice(row * 37, 37).ToArray(), alone.Data.ToArray());
        }
    }

    [Fact]
    public void Linear_uses_the_changed_weight()
    {
        using Tape tape = new();
        using Parameter weight = new("weight", new Shape(1, 1));
        weight.Data[0] = 2;
        weight.MarkChanged();
        Assert.Equal(6, tape.Input(new Shape(1), [3]).Linear(weight).Item);
        weight.Data[0] = 5;
        weight.MarkChanged();
        Assert.Equal(15, tape.Input(new Shape(1), [3]).Linear(weight).Item);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void MatMul_and_its_gradients_equal_differences_in_double_precision(bool transposeA, bool transposeB)
    {
        (int[] A, int[] B, int[] C)[] leading =
            [([], [], []), ([3], [3], [3]), ([2, 3], [2, 3], [2, 3]), ([5], [], [5]), ([], [2, 2], [2, 2]), ([1], [4], [4]), ([4], [1, 1], [4]), ([1], [1, 1], [1, 1])];
        foreach ((int[] leadingA, int[] leadingB, int[] leadingC) in leading)
        {
            const int M = 5, N = 34, K = 9;
            using Tape tape = new();
            Tensor a = RandomInput(tape, new Shape([.. leadingA, .. transposeA ? new[] { K, M } : [M, K]]), 1);
            Tensor b = RandomInput(tape, new Shape([.. leadingB, .. transposeB ? new[] { N, K } : [K, N]]), 2);
            Tensor c = a.MatMul(b, transposeA, transposeB);
            Assert.Equal(new Shape([.. leadingC, M, N]), c.Shape);
            float[] seed = RandomValues(c.Length, 3);
            tape.Seed(c, seed);
            tape.Backward();

            int batch = c.Length / (M * N);
            double[][] values = [Doubles(a), Doubles(b)];
            double[] Reference()
            {
                double[] result = new double[batch * M * N];
                for (int i = 0; i < batch; i++)
                {
                    int startA = values[0].Length == M * K ? 0 : i * M * K, startB = values[1].Length == K * N ? 0 : i * K * N;
                    for (int m = 0; m < M; m++)
                    {
                        for (int n = 0; n < N; n++)
                        {
                            double sum = 0;
                            for (int k = 0; k < K; k++)
                            {
                                double left = values[0][startA + (transposeA ? (k * M) + m : (m * K) + k)];
                                sum += left * values[1][startB + (transposeB ? (n * K) + k : (k * N) + n)];
                            }

                            result[(((i * M) + m) * N) + n] = sum;
                        }
                    }
                }

                return result;
            }

            AssertClose(Reference(), c.Data);
            AssertGradient(Reference, values[0], seed, a.Gradient);
            AssertGradient(Reference, values[1], seed, b.Gradient);
        }
    }

    [Fact]
    public void A_tensor_times_itself_gets_both_gradients()
    {
        using Tape tape = new();
        Tensor a = tape.Input(new Shape(1, 2), [3, 4], requiresGradient: true);
        Tensor square = a.MatMul(a, transposeB: true);
        Assert.Equal(25, square.Item);
        tape.Backward(square);
        Assert.Equal([6, 8], a.Gradient.ToArray());
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        using Tape tape = new();
        using Parameter weight = new("weight", new Shape(4, 6)), bias = new("bias", new Shape(5));
        Tensor x = tape.Filled(new Shape(2, 6), 1);
        Assert.Throws<ArgumentException>(() => tape.Filled(new Shape(2, 5), 1).Linear(weight));
        Assert.Throws<ArgumentException>(() => x.Linear(weight, bias));
        Assert.Throws<ArgumentException>(() => x.Linear(weight, residual: x));
        Assert.Throws<ArgumentException>(() => new LinearGroup((weight, null)));
        Assert.Throws<ArgumentException>(() => new LinearGroup((weight, null), (weight, bias)));
        Assert.Throws<ArgumentException>(() => new LinearGroup((weight, null), (bias, null)));
        LinearGroup two = new((weight, null), (weight, null));
        Assert.Throws<ArgumentException>(() => x.Linear(two, out _, out _, out _));
        Assert.Throws<ArgumentException>(() => tape.Filled(new Shape(2, 5), 1).Linear(two, out _, out _));
        Assert.Throws<ArgumentException>(() => x.MatMul(x));
        Assert.Throws<ArgumentException>(() => x.MatMul(tape.Filled(new Shape(6), 1)));
        Assert.Throws<ArgumentException>(() => tape.Filled(new Shape(2, 2, 3), 1).MatMul(tape.Filled(new Shape(3, 3, 3), 1)));
    }

    [Fact]
    public void A_warm_step_allocates_nothing()
    {
        using Workers one = new(1);
        using Tape tape = new(one);
        using Parameter weight = RandomParameter("weight", new Shape(40, 30), 1), bias = RandomParameter("bias", new Shape(40), 2);
        float[] values = RandomValues(600, 3), seed = RandomValues(800, 4);
        long before = 0;
        for (int round = 0; round < 4; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            tape.Reset();
            Tensor x = tape.Input(new Shape(20, 30), values, requiresGradient: true);
            tape.Seed(x.Linear(weight, bias), seed);
            tape.Backward();
            weight.MarkChanged();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static float[] RandomValues(int count, int seed)
    {
        RandomStream stream = new((ulong)seed, RandomPurpose.User);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)stream.Normal(i);
        }

        return values;
    }

    private static Tensor RandomInput(Tape tape, Shape shape, int seed) => tape.Input(shape, RandomValues(shape.Length, seed), requiresGradient: true);

    private static Parameter RandomParameter(string name, Shape shape, int seed)
    {
        Parameter parameter = new(name, shape);
        RandomValues(shape.Length, seed).CopyTo(parameter.Data);
        parameter.MarkChanged();
        return parameter;
    }

    private static double[] Doubles(Tensor tensor) => [.. tensor.Data.ToArray().Select(value => (double)value)];

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 2e-5 * (1 + Math.Abs(expected[i])), $"Element {i}: {actual[i]} instead of {expected[i]}.");
        }
    }

    // Central differences of the sum of seed * output, for up to forty elements spread over the input.
    private static void AssertGradient(Func<double[]> reference, double[] values, float[] seed, ReadOnlySpan<float> gradient)
    {
        const double Step = 1e-3;
        Assert.Equal(values.Length, gradient.Length);
        for (int i = 0; i < values.Length; i += Math.Max(1, values.Length / 40))
        {
            double value = values[i];
            values[i] = value + Step;
            double above = Weighted(reference(), seed);
            values[i] = value - Step;
            double below = Weighted(reference(), seed);
            values[i] = value;
            double expected = (above - below) / (2 * Step);
            Assert.True(Math.Abs(expected - gradient[i]) <= 5e-5 * (1 + Math.Abs(expected)), $"Gradient {i}: {gradient[i]} instead of {expected}.");
        }
    }

    private static double Weighted(double[] output, float[] seed)
    {
        double sum = 0;
        for (int i = 0; i < output.Length; i++)
        {
            sum += output[i] * seed[i];
        }

        return sum;
    }
}
