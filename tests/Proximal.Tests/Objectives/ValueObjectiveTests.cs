using Proximal.Aggregation;
using Proximal.Objectives;
using Proximal.Rollouts;

namespace Proximal.Tests.Objectives;

public sealed class ValueObjectiveTests
{
    [Fact]
    public void A_clipped_value_keeps_its_loss_and_loses_its_gradient()
    {
        PathBatch batch = Batches.Create([1]);
        (batch.Values[0], batch.OldValues[0], batch.Returns[0]) = (0.9f, 0.5f, 1);
        float[] gradient = new float[1];
        ValueMetrics metrics = new ValueObjective(new ValueObjectiveOptions { Clip = 0.2 }, MeanAggregation.TokenMean()).Evaluate(batch, gradient);
        Assert.Equal(0.045, metrics.Loss, 1e-7);
        Assert.Equal(0, gradient[0]);
        Assert.Equal(1, metrics.ClipFraction);
    }

    [Fact]
    public void Gradient_equals_central_differences()
    {
        for (int k = 0; k < 200; k++)
        {
            double value = Math.Sin(k), old = Math.Sin(k) + (0.4 * Math.Cos(7 * k)), target = Math.Cos(3 * k);
            double slope = (ValueObjective.Token(value + 1e-6, old, target, 0.2).Loss - ValueObjective.Token(value - 1e-6, old, target, 0.2).Loss) / 2e-6;
            Assert.Equal(slope, ValueObjective.Token(value, old, target, 0.2).Gradient, 1e-6);
        }
    }

    [Fact]
    public void A_perfect_critic_explains_all_variance()
    {
        PathBatch batch = Batches.Create([3]);
        float[] returns = [1, 2, 4];
        returns.CopyTo(batch.Returns);
        returns.CopyTo(batch.Values);
        returns.CopyTo(batch.OldValues);
        ValueMetrics metrics = new ValueObjective(new ValueObjectiveOptions(), MeanAggregation.TokenMean()).Evaluate(batch, new float[3]);
        Assert.Equal((0.0, 1.0), (metrics.Loss, metrics.ExplainedVariance));
    }

    [Fact]
    public void The_coefficient_scales_loss_and_gradient_and_parts_sum_to_the_whole()
    {
        PathBatch batch = Batches.Random(1);
        for (int t = 0; t < batch.TokenCount; t++)
        {
            (batch.Values[t], batch.OldValues[t], batch.Returns[t]) = (batch.Entropy[t], batch.Entropy[t] + 0.1f, batch.Advantage[t]);
        }

        ValueObjective objective = new(new ValueObjectiveOptions { Coefficient = 0.5 }, MeanAggregation.TokenMean());
        float[] whole = new float[batch.TokenCount];
        double loss = objective.Evaluate(batch, whole).Loss;
        objective.Prepare(batch);
        PathBatch first = batch.Groups(0, 1), rest = batch.Groups(1, 3);
        double sum = objective.EvaluatePart(first, 0, new float[first.TokenCount]) + objective.EvaluatePart(rest, first.TokenCount, new float[rest.TokenCount]);
        Assert.Equal(loss, sum, 1e-12);
        double twice = new ValueObjective(new ValueObjectiveOptions(), MeanAggregation.TokenMean()).Evaluate(batch, whole).Loss;
        Assert.Equal(2 * loss, twice, 1e-9);
    }
}
