using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Objectives;
using Proximal.Ratios;
using Proximal.Rollouts;
using Proximal.Tests.Objectives;

namespace Proximal.Tests.Ratios;

public sealed class HierarchicalMaskTests
{
    [Theory]
    [InlineData(new[] { 1.01f, 0.98f, 1.02f }, 0.02, 0.1, new[] { 1f, 1, 1 })]
    [InlineData(new[] { 1.01f, 0.98f, 1.5f }, 0.02, 0.1, new[] { 0f, 0, 0 })]
    [InlineData(new[] { 1.01f, 0.98f, 1.5f }, 0.2, 0.1, new[] { 1f, 1, 0 })]
    [InlineData(new[] { 1.01f, 0.98f, 1.5f }, 1e12, 1e12, new[] { 1f, 1, 1 })]
    public void Sequences_go_first_then_tokens(float[] discrepancy, double sequence, double token, float[] expected)
    {
        float[] old = [.. discrepancy.Select(value => MathF.Log(value))], kept = new float[3];
        HierarchicalMask.Compute(old, new float[3], [1, 1, 1], new HierarchicalMaskOptions { Sequence = sequence, Token = token }, kept);
        Assert.Equal(expected, kept);
    }

    [Fact]
    public void The_geometric_mean_is_that_of_the_card()
    {
        float[] one = [.. new[] { 1.01f, 0.98f, 1.02f }.Select(value => MathF.Log(value))], other = [.. new[] { 1.01f, 0.98f, 1.5f }.Select(value => MathF.Log(value))];
        Assert.Equal(1.003188, Math.Exp(SequenceRatio.MeanLogRatio(one, new float[3], [1, 1, 1])), 6);
        Assert.Equal(1.140809, Math.Exp(SequenceRatio.MeanLogRatio(other, new float[3], [1, 1, 1])), 6);
    }

    [Fact]
    public void Everything_is_kept_where_trainer_and_sampler_agree()
    {
        PathBatch batch = Batches.Random(1);
        batch.Old.CopyTo(batch.Behaviour);
        float[] kept = new float[batch.TokenCount];
        new HierarchicalMask(new HierarchicalMaskOptions()).Compute(batch, kept);
        Assert.Equal(batch.Mask.ToArray(), kept);
    }

    [Fact]
    public void Without_thresholds_hispo_is_grpo_with_a_triplet_clip_on_the_full_ratio()
    {
        PathBatch batch = Batches.Random(2);
        PolicyObjective hispo = new(
            new BehaviourRatio(),
            new HierarchicalMask(new HierarchicalMaskOptions { Sequence = 1e12, Token = 1e12 }),
            AgentObjectives.HisPo.Clipping.Create<IClipping>(),
            [],
            AgentObjectives.HisPo.Aggregation.Create<IAggregation>());
        float[] gradient = new float[batch.TokenCount];
        double loss = hispo.Evaluate(batch, PolicyObjectiveTests.Gradients(gradient)).Loss, expected = 0;
        for (int t = 0; t < batch.TokenCount; t++)
        {
            (double value, double slope) = Triplet(Math.Exp(batch.Current[t] - batch.Behaviour[t]), batch.Advantage[t], 0.28, 0.2, 2);
            double weight = batch.Mask[t] * batch.Weight[t] / (batch.PathCount * batch.ResponseBudget);
            expected -= weight * value;
            Assert.Equal(-weight * slope, gradient[t], 1e-6);
        }

        Assert.Equal(expected, loss, 1e-6);
    }

    [Theory]
    [InlineData(-1, 5, 3, 0)]
    [InlineData(1, 5, -1.28, 0)]
    [InlineData(-1, 2, 2, 1)]
    [InlineData(-1, 0.5, 0.8, 0)]
    [InlineData(1, 0.1, -0.1, -1)]
    public void The_clip_has_three_bounds(float advantage, float ratio, double loss, double gradient)
    {
        Surrogate surrogate = Surrogate.Allocate(1);
        PathBatch batch = Batches.Create([1]);
        batch.Advantage[0] = advantage;
        AgentObjectives.HisPo.Clipping.Create<IClipping>().Apply(batch, [ratio], surrogate);
        Assert.Equal(loss, surrogate.Loss[0], 5);
        Assert.Equal(gradient, surrogate.RatioGradient[0], 5);
    }

    /// <summary>The objective as the paper writes it, and its derivative with respect to log π_θ.</summary>
    private static (double Value, double Slope) Triplet(double ratio, double advantage, double high, double low, double dual)
    {
        double bounded = advantage > 0 ? Math.Min(ratio, 1 + high) : Math.Clamp(ratio, 1 - low, 1 + dual);
        return (bounded * advantage, bounded == ratio ? ratio * advantage : 0);
    }
}
