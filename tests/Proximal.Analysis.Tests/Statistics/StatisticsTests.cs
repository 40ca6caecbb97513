using Proximal.Analysis.Statistics;
using Proximal.Tensors.Random;

namespace Proximal.Analysis.Tests.Statistics;

public class StatisticsTests
{
    [Fact]
    public void Standard_error_over_seeds_divides_by_the_root_of_their_number()
    {
        Assert.Equal(2, Moments.Mean([1, 2, 3]));
        Assert.Equal(1, Moments.SampleStandardDeviation([1, 2, 3]));
        Assert.Equal(1 / Math.Sqrt(3), Moments.StandardError([1, 2, 3]), 12);
        Assert.True(double.IsNaN(Moments.StandardError([1])));
        Assert.True(double.IsNaN(Moments.Mean([])));
    }

    [Fact]
    public void Nearest_rank_returns_a_value_of_the_sample()
    {
        double[] values = [4, 1, 3, 2];
        Assert.Equal([1, 1, 2, 3, 4], new[] { 0, 0.25, 0.5, 0.75, 1 }.Select(q => Quantiles.NearestRank(values, q)));
        Assert.Equal(2.5, Quantiles.Median(values));
        Assert.True(double.IsNaN(Quantiles.Median([])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantiles.Linear(values, double.NaN));
    }

    [Fact]
    public void Wilson_interval_of_known_values()
    {
        Estimate half = Wilson.Interval(5, 10);
        Assert.Equal((0.5, 0.236593, 0.763407), (half.Value, Math.Round(half.Lower, 6), Math.Round(half.Upper, 6)));
        Estimate none = Wilson.Interval(0, 10);
        Assert.Equal((0, 0, 0.277533), (none.Value, none.Lower, Math.Round(none.Upper, 6)));
        Assert.Equal(1, Wilson.Interval(10, 10).Upper);
        Assert.True(double.IsNaN(Wilson.Interval(0, 0).Value));
        Assert.Throws<ArgumentOutOfRangeException>(() => Wilson.Interval(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Wilson.Interval(1, 2, 1));
    }

    [Fact]
    public void Interquartile_mean_drops_a_quarter_on_each_side()
    {
        Assert.Equal(3.5, InterquartileMean.Compute([100, 2, 3, 4, 5, -100, 1, 7]));
        Assert.Equal(2, InterquartileMean.Compute([1, 2, 3]));
        Assert.True(double.IsNaN(InterquartileMean.Compute([])));
    }

    [Fact]
    public void Bootstrap_is_repeatable_and_covers_the_mean_as_often_as_it_says()
    {
        int covered = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            var random = new RandomStream(7, RandomPurpose.User, trial);
            double[] sample = Enumerable.Range(0, 40).Select(i => random.Normal(i)).ToArray();
            Estimate interval = Bootstrap.Interval(sample, Moments.Mean, seed: 3, resamples: 400);
            Assert.Equal(interval, Bootstrap.Interval(sample, Moments.Mean, seed: 3, resamples: 400));
            covered += interval.Lower <= 0 && interval.Upper >= 0 ? 1 : 0;
        }

        Assert.InRange(covered, 178, 200);
        Assert.Equal(Estimate.Unknown, Bootstrap.Interval([], Moments.Mean));
        Assert.Equal(new Estimate(2, 2, 2), Bootstrap.Interval([2], Moments.Mean));
    }

    [Fact]
    public void Stratified_bootstrap_keeps_every_task()
    {
        Estimate interval = Bootstrap.StratifiedInterval([0, 0, 0, 10, 10, 10], 3, Moments.Mean);
        Assert.Equal(new Estimate(5, 5, 5), interval);
        Assert.Throws<ArgumentException>(() => Bootstrap.StratifiedInterval([1, 2, 3], 2, Moments.Mean));
    }

    [Fact]
    public void Probability_of_improvement_is_one_for_a_better_method_and_half_for_the_same()
    {
        Assert.Equal(1, ProbabilityOfImprovement.Compute([2, 3, 12, 13], 2, [0, 1, 10, 11], 2));
        Assert.Equal(0.5, ProbabilityOfImprovement.Compute([1, 2, 3], 3, [1, 2, 3], 3));
        Assert.Equal(0.75, ProbabilityOfImprovement.Compute([1, 2], 2, [1], 1));
        Estimate interval = ProbabilityOfImprovement.Interval([1, 2, 3, 4], 4, [2, 3, 1, 2], 4, resamples: 200);
        Assert.InRange(interval.Value, interval.Lower, interval.Upper);
        Assert.Equal(Estimate.Unknown, ProbabilityOfImprovement.Interval([], 1, [], 1));
        Assert.Throws<ArgumentException>(() => ProbabilityOfImprovement.Compute([1, 2], 1, [1], 1));
    }
}
