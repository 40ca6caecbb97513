using Proximal.Analysis.Comparisons;
using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Tests.Comparisons;

/// <summary>The numbers of a comparison are those that a hand computes.</summary>
public sealed class ComparisonTests
{
    private const string Metric = "evaluation/exact";

    [Fact]
    public void Means_differences_and_improvement_are_those_of_the_hand()
    {
        Comparison comparison = Compare(("base", [0.1, 0.2, 0.3, 0.4]), ("better", [0.2, 0.5, 0.3, 0.9]));
        MethodSummary baseline = comparison.Summaries[0], better = comparison.Summaries[1];

        Assert.Equal(0.25, baseline.Mean.Value, 12);
        Assert.Equal(Estimate.Unknown, baseline.Difference);
        Assert.Equal(Estimate.Unknown, baseline.Improvement);
        Assert.Equal(0.475, better.Mean.Value, 12);

        // The middle half of 0.2, 0.3, 0.5, 0.9; the mean of 0.1, 0.3, 0, 0.5.
        Assert.Equal(0.4, better.InterquartileMean.Value, 12);
        Assert.Equal(0.225, better.Difference.Value, 12);

        // Of 16 pairs 0.2 wins 1 and ties 1, 0.5 and 0.9 win 4 each, 0.3 wins 2 and ties 1.
        Assert.Equal((1.5 + 4 + 2.5 + 4) / 16, better.Improvement.Value, 12);
        Assert.Equal(Bootstrap.Interval([0.2, 0.5, 0.3, 0.9], Moments.Mean), better.Mean);
        Assert.True(better.Mean.Lower < better.Mean.Value && better.Mean.Value < better.Mean.Upper);
    }

    [Fact]
    public void The_difference_is_taken_between_runs_of_one_seed()
    {
        // Every seed gains 0.1, though seeds differ by more: the interval of the difference has no width.
        Comparison comparison = Compare(("base", [0.1, 0.5, 0.9]), ("better", [0.2, 0.6, 1.0]));

        Estimate difference = comparison.Summaries[1].Difference;
        Assert.Equal((0.1, 0.1, 0.1), (Math.Round(difference.Value, 12), Math.Round(difference.Lower, 12), Math.Round(difference.Upper, 12)));
        Assert.True(comparison.Summaries[1].Mean.Upper - comparison.Summaries[1].Mean.Lower > 0.2);
    }

    [Fact]
    public void Runs_that_failed_count_as_failed_and_not_as_scores()
    {
        Comparison comparison = new("t", [Run("base", 1, 0.5), Run("base", 2, 0.7), Run("bad", 1, 0.9) with { Failure = "no" }, Run("bad", 2, 0.4)], Metric);

        MethodSummary bad = comparison.Summaries[1];
        Assert.Equal([(2, 0.4)], bad.Scores);
        Assert.Equal(1, bad.Failures);
        Assert.Equal(-0.3, bad.Difference.Value, 12);
        Assert.Equal(Estimate.Unknown, bad.Improvement);
    }

    [Fact]
    public void A_single_run_says_nothing_of_the_probability_of_improvement()
    {
        Assert.Equal(Estimate.Unknown, Compare(("base", [0.5]), ("equal", [0.5])).Summaries[1].Improvement);
        Assert.Equal(0.5, Compare(("base", [0.5, 0.5]), ("equal", [0.5, 0.5])).Summaries[1].Improvement.Value);
    }

    [Fact]
    public void A_method_without_a_finished_run_has_no_numbers()
    {
        Comparison comparison = new("t", [Run("base", 1, 0.5), Run("bad", 1, double.NaN) with { Failure = "no" }], Metric);

        Assert.Equal((Estimate.Unknown, Estimate.Unknown, Estimate.Unknown), (comparison.Summaries[1].Mean, comparison.Summaries[1].Difference, comparison.Summaries[1].Improvement));
        Assert.Contains("| bad | 0, 1 failed | - | - | - | - | - |", ComparisonMarkdown.Write(comparison), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "one seed")]
    [InlineData(2, "two seeds")]
    [InlineData(4, "fewer than five")]
    public void Few_seeds_are_told_plainly(int seeds, string words) =>
        Assert.Contains(words, Compare(("base", [.. Enumerable.Range(0, seeds).Select(i => 0.1 * i)])).Caution, StringComparison.Ordinal);

    [Fact]
    public void Five_seeds_need_no_caution() => Assert.Null(Compare(("base", [1, 2, 3, 4, 5])).Caution);

    [Fact]
    public void A_held_out_metric_counts_at_the_end_and_another_one_over_its_last_tenth()
    {
        MetricCurve curve = new([.. Enumerable.Range(1, 20).Select(i => (double)i)], [.. Enumerable.Range(1, 20).Select(i => (double)i)]);
        MeasuredRun run = new("m", 1, new Dictionary<string, MetricCurve> { [Metric] = curve, ["reward/mean"] = curve, [MeasuredRun.SampledTokens] = curve });

        Assert.Equal(20, run.Final(Metric));
        Assert.Equal(19.5, run.Final("reward/mean"));
        Assert.Equal(210, run.Total(MeasuredRun.SampledTokens));
        Assert.True(double.IsNaN(run.Final("nothing")));
    }

    [Fact]
    public void Curves_of_runs_that_were_measured_at_other_steps_have_gaps()
    {
        MeasuredRun first = new("m", 1, new Dictionary<string, MetricCurve> { [Metric] = new([0, 1, 2], [1, 2, 3]) });
        MeasuredRun second = new("m", 2, new Dictionary<string, MetricCurve> { [Metric] = new([0, 2], [1, 3]) });

        Comparison comparison = new("t", [first, second], Metric);

        Assert.Equal([Metric], comparison.Curves);
        Assert.Single(comparison.Series(Metric));
    }

    [Fact]
    public void Two_runs_of_one_method_and_seed_are_refused() =>
        Assert.Throws<ArgumentException>(() => new Comparison("t", [Run("a", 1, 1), Run("a", 1, 2)], Metric));

    [Theory]
    [InlineData(0.12345, "0.123")]
    [InlineData(-12.34, "-12.3")]
    [InlineData(0.0001, "1.0e-04")]
    [InlineData(0, "0.000")]
    [InlineData(double.NaN, "-")]
    public void Numbers_have_three_digits(double value, string text) => Assert.Equal(text, Figures.Number(value));

    [Theory]
    [InlineData(999, "999")]
    [InlineData(12_345, "12.3k")]
    [InlineData(4_560_000, "4.56M")]
    public void Counts_have_three_digits(double value, string text) => Assert.Equal(text, Figures.Count(value));

    [Theory]
    [InlineData(8.24, "8.2 s")]
    [InlineData(754, "12:34")]
    [InlineData(3723, "1:02:03")]
    [InlineData(93784, "1.02:03:04")]
    public void Durations_are_clocks(double seconds, string text) => Assert.Equal(text, Figures.Seconds(seconds));

    internal static Comparison Compare(params (string Method, double[] Scores)[] methods) =>
        new("t", [.. methods.SelectMany(method => method.Scores.Select((score, i) => Run(method.Method, i + 1, score)))], Metric);

    internal static MeasuredRun Run(string method, int seed, double score) =>
        new(method, seed, new Dictionary<string, MetricCurve> { [Metric] = new([0, 5, 10], [0.05, score / 2, score]) }) { Seconds = 12 };
}
