using Proximal.Control.Flow;
using Proximal.Tensors.Random;

namespace Proximal.Control.Tests.Flow;

public sealed class StepRatioTests
{
    private const int Draws = 20_000;

    [Theory]
    [InlineData(0.1, 0.1, 0.18)]
    [InlineData(0.5, 0.5, 0.0392)]
    public void One_normalized_displacement_gives_one_normalized_ratio_and_two_plain_ones(double deviation, double noise, double plain)
    {
        Assert.Equal(plain, StepRatio.Log(FlowRatio.Plain, [(float)noise], [0.02f], deviation), 1e-6);
        Assert.Equal(0.02, StepRatio.Log(FlowRatio.Normalized, [(float)noise], [0.02f], deviation), 1e-6);
    }

    [Theory]
    [InlineData(0.1, 3)]
    [InlineData(0.3, 3)]
    [InlineData(0.3, 20)]
    public void Plain_logarithms_lie_below_zero_and_normalized_ones_around_it_with_the_shift_as_spread(double deviation, int dimensions)
    {
        float[] shift = [.. Enumerable.Range(0, dimensions).Select(i => (float)(0.02 * Math.Sin(1 + i)))];
        double square = shift.Sum(d => (double)d * d);
        (double plainMean, double plainVariance) = Moments(Sample(FlowRatio.Plain, deviation, shift));
        (double mean, double variance) = Moments(Sample(FlowRatio.Normalized, deviation, shift));
        double error = 5 / Math.Sqrt(Draws);

        Assert.Equal(-square / (2 * deviation * deviation), plainMean, error * Math.Sqrt(square) / deviation);
        Assert.Equal(square / (deviation * deviation), plainVariance, 2 * error * square / (deviation * deviation));
        Assert.Equal(0, mean, error * Math.Sqrt(square));
        Assert.Equal(square, variance, 2 * error * square);
    }

    [Fact]
    public void Without_a_shift_both_ratios_are_one_and_the_derivatives_differ_by_the_deviation()
    {
        float[] noise = [0.3f, -0.2f], none = [0, 0], plain = new float[2], normalized = new float[2];
        Assert.Equal(0, StepRatio.Log(FlowRatio.Plain, noise, none, 0.4));
        Assert.Equal(0, StepRatio.Log(FlowRatio.Normalized, noise, none, 0.4));
        StepRatio.AddGradient(FlowRatio.Plain, noise, none, 0.4, average: false, 1, plain);
        StepRatio.AddGradient(FlowRatio.Normalized, noise, none, 0.4, average: false, 1, normalized);
        Assert.Equal([0.3f / 0.16f, -0.2f / 0.16f], plain, (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal([0.75f, -0.5f], normalized, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Theory]
    [InlineData(FlowRatio.Plain, false)]
    [InlineData(FlowRatio.Plain, true)]
    [InlineData(FlowRatio.Normalized, false)]
    [InlineData(FlowRatio.Normalized, true)]
    public void Derivatives_are_central_differences(FlowRatio kind, bool average)
    {
        float[] noise = [0.3f, -0.2f, 0.5f], shift = [0.1f, 0.05f, -0.02f], gradient = new float[3];
        StepRatio.AddGradient(kind, noise, shift, 0.4, average, 2, gradient);
        for (int i = 0; i < 3; i++)
        {
            float[] above = [.. shift], below = [.. shift];
            above[i] += 1e-2f;
            below[i] -= 1e-2f;
            double difference = StepRatio.Log(kind, noise, above, 0.4, average) - StepRatio.Log(kind, noise, below, 0.4, average);
            Assert.Equal(2 * difference / ((double)above[i] - below[i]), gradient[i], 1e-4);
        }
    }

    [Fact]
    public void Steps_of_one_size_are_weighed_by_one_factor()
    {
        FlowSchedule even = new(10, 0.7), shifted = new(10, 0.7, shift: 3);
        Assert.All(Enumerable.Range(0, 10), step => Assert.Equal(0.1, even.Size(step), 1e-12));
        Assert.True(shifted.Size(0) < 0.05 && shifted.Size(9) > 0.2);
        foreach ((double log, double advantage) in new[] { (0.3, 1.0), (-0.3, -2), (0.02, -1), (0.05, 0.5) })
        {
            (double loss, double slope, bool clipped) = StepRatio.Loss(log, advantage, 0.1);
            (double weighed, double weighedSlope, bool weighedClipped) = StepRatio.Loss(log, advantage, 0.1, even.Size(4));
            Assert.Equal(10 * loss, weighed, 1e-9);
            Assert.Equal(10 * slope, weighedSlope, 1e-9);
            Assert.Equal(clipped, weighedClipped);
        }

        Assert.Equal((-1.1, 0.0, true), StepRatio.Loss(0.3, 1, 0.1));
        Assert.Equal((Math.Exp(0.3), Math.Exp(0.3), false), StepRatio.Loss(0.3, -1, 0.1));
    }

    [Fact]
    public void In_many_dimensions_the_plain_ratio_is_one_on_average_and_below_one_mostly()
    {
        float[] shift = new float[64];
        Array.Fill(shift, 0.02f);
        double[] plain = [.. Sample(FlowRatio.Plain, 0.2, shift).Select(Math.Exp)], normalized = [.. Sample(FlowRatio.Normalized, 0.2, shift).Select(Math.Exp)];
        Assert.Equal(1, plain.Average(), 0.05);
        Assert.InRange(Median(plain), 0.68, 0.77);
        Assert.Equal(1, Median(normalized), 0.01);
        Assert.Equal(Math.Exp(-0.32), Median(plain), 0.02);
    }

    private static double[] Sample(FlowRatio kind, double deviation, float[] shift)
    {
        double[] logs = new double[Draws];
        float[] noise = new float[shift.Length];
        for (int draw = 0; draw < Draws; draw++)
        {
            RandomStream random = new(11, RandomPurpose.User, draw);
            for (int i = 0; i < noise.Length; i++)
            {
                noise[i] = (float)(deviation * random.Normal(i));
            }

            logs[draw] = StepRatio.Log(kind, noise, shift, deviation);
        }

        return logs;
    }

    private static (double Mean, double Variance) Moments(double[] values)
    {
        double mean = values.Average();
        return (mean, values.Average(v => (v - mean) * (v - mean)));
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
