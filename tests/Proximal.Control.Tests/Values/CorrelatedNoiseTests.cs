using Proximal.Control.State;
using Proximal.Control.Values;
using Proximal.Tensors.Random;

namespace Proximal.Control.Tests.Values;

public sealed class CorrelatedNoiseTests
{
    private const int Steps = 200_000;

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Steps_have_unit_variance_and_the_correlation_of_the_process(double correlation)
    {
        double[] numbers = Series(new CorrelatedNoise(1, 1, correlation), 0, Steps);
        double tolerance = 5 / Math.Sqrt(Steps * (1 - correlation));
        Assert.InRange(numbers.Average(), -tolerance, tolerance);
        foreach (int lag in new[] { 0, 1, 2, 5 })
        {
            double covariance = Enumerable.Range(0, Steps - lag).Average(t => numbers[t] * numbers[t + lag]);
            Assert.InRange(covariance - Math.Pow(correlation, lag), -2 * tolerance, 2 * tolerance);
        }
    }

    [Fact]
    public void Without_correlation_it_is_the_stream_itself()
    {
        double[] numbers = Series(new CorrelatedNoise(1, 1, 0), 0, 100);
        Assert.Equal(Enumerable.Range(0, 100).Select(t => Stream(t, 0).Normal(0)), numbers);
    }

    [Fact]
    public void Copies_and_dimensions_are_independent()
    {
        CorrelatedNoise noise = new(2, 2, 0.9);
        double within = 0, between = 0;
        for (int t = 0; t < Steps; t++)
        {
            ReadOnlySpan<double> first = noise.Next(0, Stream(t, 0));
            ReadOnlySpan<double> second = noise.Next(1, Stream(t, 1));
            within += first[0] * first[1] / Steps;
            between += first[0] * second[0] / Steps;
        }

        Assert.InRange(within, -0.04, 0.04);
        Assert.InRange(between, -0.04, 0.04);
    }

    [Fact]
    public void A_loaded_process_goes_on_to_the_same_numbers()
    {
        CorrelatedNoise whole = new(1, 1, 0.99), broken = new(1, 1, 0.99), resumed = new(1, 1, 0.99);
        double[] expected = Series(whole, 0, 100);
        Series(broken, 0, 60);
        using MemoryStream memory = new();
        broken.Transfer(StateTransfer.Save(memory));
        memory.Position = 0;
        resumed.Transfer(StateTransfer.Load(memory, "memory"));
        Assert.Equal(expected[60..], Series(resumed, 60, 40));
    }

    private static double[] Series(CorrelatedNoise noise, int first, int count) =>
        [.. Enumerable.Range(first, count).Select(t => noise.Next(0, Stream(t, 0))[0])];

    private static RandomStream Stream(long step, int copy) => new(7, RandomPurpose.Exploration, step, copy);
}
