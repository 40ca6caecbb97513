using Proximal.Advantages;
using Proximal.Rollouts;
using Proximal.Tensors.Random;

namespace Proximal.Tests.Advantages;

public sealed class RiskAdvantageTests
{
    private static readonly RiskOptions Plain = new() { Bundle = 2, Quantiles = QuantileSource.Batch, Normalize = false };

    [Theory]
    [InlineData(true, new[] { -5, -2, -1.3333, -0.6667, 0, 0 })]
    [InlineData(false, new[] { -3, 0, 0.6667, 1.3333, 2, 2 })]
    public void A_paper_gets_the_derivative_of_the_mixed_value_at_risk(bool naturalBaseline, double[] expected)
    {
        RiskOptions options = new() { NaturalBaseline = naturalBaseline };
        for (int score = 0; score < expected.Length; score++)
        {
            Assert.Equal(expected[score], RiskAdvantage.Paper(score, 1, 4, options), 1e-4);
        }
    }

    [Fact]
    public void Advantages_rise_with_the_score_and_are_flat_above_the_upper_quantile_unless_risk_is_sought()
    {
        for (double s = -1; s < 8; s += 0.25)
        {
            Assert.True(RiskAdvantage.Paper(s, 1, 4, new()) <= RiskAdvantage.Paper(s + 0.25, 1, 4, new()));
        }

        Assert.Equal(RiskAdvantage.Paper(4, 1, 4, new()), RiskAdvantage.Paper(9, 1, 4, new()));
        Assert.Equal(1.5 / 0.2 / 2.5, RiskAdvantage.Paper(5, 1, 4, new RiskOptions { Seeking = true }), 1e-4);
        Assert.Equal(-3 / 0.6 / 2.5, RiskAdvantage.Paper(0, 1, 4, new RiskOptions { Seeking = true }), 1e-4);
    }

    [Fact]
    public void Without_tails_it_is_the_score_minus_a_constant()
    {
        RiskOptions mean = new() { Alpha = 0, Beta = 1, Weight = 0 };
        for (int score = 0; score <= 5; score++)
        {
            Assert.Equal(score - 5, RiskAdvantage.Paper(score, -1e-9, 5, mean), 1e-4);
        }
    }

    [Fact]
    public void Tracked_quantiles_converge_to_those_of_the_stream()
    {
        QuantileTracker tracker = new(0.01);
        RandomStream random = new(1, RandomPurpose.User);
        float[] scores = new float[64];
        for (int step = 0; step < 2000; step++)
        {
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] = (float)random.Uniform((64 * step) + i);
            }

            tracker.Update(scores);
        }

        for (int level = 1; level < 20; level++)
        {
            Assert.Equal(0.05 * level, tracker.Nearest(0.05 * level), 0.02);
        }

        Dictionary<string, double[]> state = [];
        tracker.Save(state);
        QuantileTracker resumed = new(0.01);
        resumed.Load(state);
        Assert.Equal(tracker.Nearest(0.2), resumed.Nearest(0.21));
    }

    [Fact]
    public void The_responses_of_a_paper_get_its_advantage()
    {
        // Papers of two questions with scores 2, 1, 0; the quantiles of the batch at 0.2 and 0.8 are 0.4 and 1.6.
        float[] advantage = Compute(Plain, [1, 1, 0], [1, 0, 0]);
        double[] expected = [.. new[] { 2.0, 1, 0 }.Select(score => RiskAdvantage.Paper(score, 0.4, 1.6, Plain))];
        Assert.All(expected.Concat(expected).Zip(advantage), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Credit_is_shared_by_deviation_by_score_or_by_margin()
    {
        float[] uniform = Compute(Plain, [1, 1, 0], [1, 0, 0]);
        double deviation = Math.Sqrt(1.0 / 3);
        AssertClose([.. uniform.Select(a => a / deviation)], Compute(Plain with { Credit = RiskCredit.Deviation }, [1, 1, 0], [1, 0, 0]));
        AssertClose([uniform[0] / 2, uniform[1] / 2, 1.5 * uniform[2], uniform[3] / 2, 1.5 * uniform[4], 1.5 * uniform[5]], Compute(Plain with { Credit = RiskCredit.Score }, [1, 1, 0], [1, 0, 0]));
        double[] margins = [1.0 / 3, 1.0 / 3, -2.0 / 3, 2.0 / 3, -1.0 / 3, -1.0 / 3];
        double[] shares = [1.0 / 3, 0.5, 2.0 / 3, 2.0 / 3, 0.5, 1.0 / 3];
        Assert.Equal(0, margins[1] + margins[4], 1e-12);
        AssertClose([.. uniform.Zip(shares, (a, share) => a * share)], Compute(Plain with { Credit = RiskCredit.SumMean }, [1, 1, 0], [1, 0, 0]));
        Assert.Equal([2.0, 2, 2], Compute(Plain with { Bundle = 1, NaturalBaseline = false, Credit = RiskCredit.Deviation }, [1, 1, 1]).Select(a => Math.Round(a + 2, 6)));
    }

    [Fact]
    public void Scores_are_divided_by_the_deviation_of_the_bundle_and_equal_scores_give_zero()
    {
        float[] plain = Compute(Plain, [1, 1, 0], [1, 0, 0]);
        AssertClose([.. plain.Select(a => (double)a)], Compute(Plain with { Normalize = true }, [1, 1, 0], [1, 0, 0]));
        Assert.Equal([0, 0, 0, 0], Compute(Plain with { Normalize = true }, [1, 0], [0, 1]));
    }

    [Fact]
    public void A_bundle_that_is_not_full_is_scaled_and_bundles_depend_on_seed_and_step_alone()
    {
        RiskAdvantage method = new(Plain with { Bundle = 4 });
        PathBatch batch = Batches.WithGroups([1, 1, 0], [1, 0, 0]);
        method.Compute(batch);
        Assert.Equal([0.8, 3.2], method.Metrics.Select(metric => Math.Round(metric.Value, 5)));
        PathBatch many = Batches.WithGroups([.. Enumerable.Range(0, 7).Select(g => new float[] { g & 1, (g >> 1) & 1, (g >> 2) & 1 })]);
        many.Step = 3;
        new RiskAdvantage(Plain).Compute(many);
        float[] first = many.Advantage.ToArray();
        new RiskAdvantage(Plain).Compute(many);
        Assert.Equal(first, many.Advantage.ToArray());
        Assert.Contains("as many rollouts", Assert.Throws<InvalidOperationException>(() => Compute(Plain, [1, 0], [1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tracker_is_read_before_the_batch_and_updated_after_it()
    {
        RiskAdvantage method = new(new RiskOptions { Bundle = 1 });
        method.Compute(Batches.WithGroups([1, 0]));
        Assert.Equal([0, 0], method.Metrics.Select(metric => metric.Value));
        method.Compute(Batches.WithGroups([1, 0]));
        Assert.Equal([0.02, 0.08], method.Metrics.Select(metric => Math.Round(metric.Value, 12)));
    }

    private static float[] Compute(RiskOptions options, params float[][] rewards)
    {
        PathBatch batch = Batches.WithGroups(rewards);
        new RiskAdvantage(options).Compute(batch);
        return batch.Advantage.ToArray();
    }

    private static void AssertClose(double[] expected, float[] actual) => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
}
