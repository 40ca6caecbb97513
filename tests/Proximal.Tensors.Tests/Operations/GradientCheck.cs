namespace Proximal.Tensors.Tests.Operations;

/// <summary>
/// Checks an operation against a reference in double precision: the result, the gradient of every input against central differences of the
/// reference, and that a second use adds its gradient to the first.
/// </summary>
internal static class GradientCheck
{
    private const double Step = 1e-5;

    public static void Run(Func<Tensor[], Tensor> operation, Func<Doubles[], Doubles> reference, params Doubles[] inputs) =>
        Run(operation, reference, 2e-5, inputs);

    public static void Run(Func<Tensor[], Tensor> operation, Func<Doubles[], Doubles> reference, double tolerance, params Doubles[] inputs)
    {
        Doubles expected = reference(inputs);
        Doubles cotangent = Doubles.Random(4711, -1, 1, expected.Sizes);
        double[][] gradients = Array.ConvertAll(inputs, input => CentralDifferences(reference, inputs, input, cotangent));
        for (int uses = 1; uses <= 2; uses++)
        {
            using Tape tape = new();
            Tensor[] tensors = Array.ConvertAll(inputs, input => tape.Input(new Shape(input.Sizes), input.ToFloats(), requiresGradient: true));
            for (int use = 0; use < uses; use++)
            {
                Tensor output = operation(tensors);
                Assert.Equal(new Shape(expected.Sizes), output.Shape);
                AssertClose("output", expected.Values, output.Data, tolerance);
                tape.Seed(output, cotangent.ToFloats());
            }

            tape.Backward();
            for (int i = 0; i < inputs.Length; i++)
            {
                double[] gradient = Array.ConvertAll(gradients[i], value => value * uses);
                if (tensors[i].Gradient.IsEmpty)
                {
                    Assert.All(gradient, value => Assert.Equal(0, value));
                    continue;
                }

                AssertClose($"gradient of input {i} after {uses} uses", gradient, tensors[i].Gradient, tolerance * 5);
            }
        }
    }

    public static void AssertClose(string what, double[] expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool close = double.IsFinite(expected[i]) ? Math.Abs(expected[i] - actual[i]) <= tolerance * (1 + Math.Abs(expected[i])) : expected[i].Equals(actual[i]);
            Assert.True(close, $"{what}, element {i}: expected {expected[i]}, got {actual[i]}.");
        }
    }

    private static double[] CentralDifferences(Func<Doubles[], Doubles> reference, Doubles[] inputs, Doubles input, Doubles cotangent)
    {
        double[] gradient = new double[input.Length];
        for (int i = 0; i < gradient.Length; i++)
        {
            double value = input.Values[i];
            input.Values[i] = value + Step;
            double above = Dot(reference(inputs), cotangent);
            input.Values[i] = value - Step;
            double below = Dot(reference(inputs), cotangent);
            input.Values[i] = value;
            gradient[i] = (above - below) / (2 * Step);
        }

        return gradient;
    }

    private static double Dot(Doubles x, Doubles y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x.Values[i] * y.Values[i];
        }

        return sum;
    }
}
