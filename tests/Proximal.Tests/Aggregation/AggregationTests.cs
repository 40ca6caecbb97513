using Proximal.Aggregation;
using Proximal.Rollouts;

namespace Proximal.Tests.Aggregation;

public sealed class AggregationTests
{
    [Theory]
    [InlineData(AggregationMode.TokenMean, 8.0 / 6)]
    [InlineData(AggregationMode.SequenceMeanTokenSum, 4)]
    [InlineData(AggregationMode.SequenceMeanTokenMean, 1.5)]
    [InlineData(AggregationMode.TokenSumOverScale, 2)]
    [InlineData(AggregationMode.SequenceMeanTokenSumOverScale, 1)]
    public void Aggregates_the_worked_example(AggregationMode mode, double expected)
    {
        float[] loss = [2, 2, 0, 0, 0, 4], weights = new float[6];
        LossAggregation.Compute(mode, [1, 1, 1, 1, 1, 1], [0, 2, 6], 4, weights);
        Assert.Equal(expected, loss.Zip(weights, (l, w) => (double)l * w).Sum(), 1e-6);
    }

    [Fact]
    public void Equal_lengths_make_the_means_equal()
    {
        float[] mask = [1, 1, 1, 1, 1, 1], token = new float[6], sequence = new float[6], sum = new float[6];
        LossAggregation.Compute(AggregationMode.TokenMean, mask, [0, 3, 6], 1, token);
        LossAggregation.Compute(AggregationMode.SequenceMeanTokenMean, mask, [0, 3, 6], 1, sequence);
        LossAggregation.Compute(AggregationMode.SequenceMeanTokenSum, mask, [0, 3, 6], 1, sum);
        Assert.Equal(token, sequence);
        Assert.All(token.Zip(sum), pair => Assert.Equal(pair.Second / 3, pair.First, 1e-7f));
    }

    [Fact]
    public void Sequences_without_a_valid_token_do_not_count()
    {
        float[] weights = new float[3];
        LossAggregation.Compute(AggregationMode.SequenceMeanTokenSum, [1, 0, 0], [0, 1, 3], 1, weights);
        Assert.Equal([1, 0, 0], weights);
        LossAggregation.Compute(AggregationMode.SequenceMeanTokenSum, [0, 0, 0], [0, 1, 3], 1, weights);
        Assert.Equal([0, 0, 0], weights);
    }

    [Fact]
    public void Constant_length_weighs_a_token_the_same_in_short_and_long_responses()
    {
        PathBatch batch = Batches.Create([3, 30]);
        batch.ResponseBudget = 40;
        float[] constant = new float[33], mean = new float[33];
        new ConstantLengthAggregation(new()).Compute(batch, constant);
        MeanAggregation.SequenceMeanTokenMean().Compute(batch, mean);
        Assert.All(constant, w => Assert.Equal(1f / 80, w, 1e-8f));
        Assert.Equal(10, mean[0] / mean[^1], 1e-4f);
    }

    [Fact]
    public void Constant_length_without_a_length_is_refused()
    {
        PathBatch batch = Batches.Create([1]);
        batch.ResponseBudget = 0;
        Assert.Throws<InvalidOperationException>(() => new ConstantLengthAggregation(new()).Compute(batch, new float[1]));
    }
}
