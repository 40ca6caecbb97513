using Proximal.Tensors.Random;

namespace Proximal.Tensors.Tests.Operations;

/// <summary>Compares gradients with central differences of a loss that is computed in double precision.</summary>
internal static class Differences
{
    public static float[] Normal(int count, int stream, double scale = 1)
    {
        RandomStream random = new(17, RandomPurpose.User, stream);
        return [.. Enumerable.Range(0, count).Select(i => (float)(scale * random.Normal(i)))];
    }

    /// <summary>Checks the gradient of each input at up to 40 places.</summary>
    public static void Check(Func<double[][], double> loss, float[][] inputs, Tensor[] tensors, double tolerance = 2e-4)
    {
        double[][] values = [.. inputs.Select(input => input.Select(x => (double)x).ToArray())];
        for (int which = 0; which < inputs.Length; which++)
        {
            int step = Math.Max(1, inputs[which].Length / 40);
            for (int i = 0; i < inputs[which].Length; i += step)
            {
                double kept = values[which][i], h = 1e-4;
                values[which][i] = kept + h;
                double above = loss(values);
                values[which][i] = kept - h;
                double below = loss(values);
                values[which][i] = kept;
                double expected = (above - below) / (2 * h);
                double actual = tensors[which].Gradient[i];
                Assert.True(
                    Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected)),
                    $"Input {which}, element {i}: gradient {actual:R}, difference quotient {expected:R}");
            }
        }
    }

    public static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance = 2e-5)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * (1 + Math.Abs(expected[i])), $"Element {i}: {actual[i]:R}, expected {expected[i]:R}");
        }
    }

    public static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]), $"Element {i}: {expected[i]:R} and {actual[i]:R}");
        }
    }

    public static double Dot(ReadOnlySpan<double> values, ReadOnlySpan<float> seeds)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += values[i] * seeds[i];
        }

        return sum;
    }
}
