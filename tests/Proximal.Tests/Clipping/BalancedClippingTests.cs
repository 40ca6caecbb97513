using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Objectives;
using Proximal.Ratios;
using Proximal.Rollouts;

namespace Proximal.Tests.Clipping;

public sealed class BalancedClippingTests
{
    private static readonly float[] Advantage = [1, 1, -1, -1, -1];
    private static readonly float[] Ratio = [1.5f, 0.9f, 0.5f, 1.1f, 1];
    private static readonly float[] Mask = [1, 1, 1, 1, 1];
    private static readonly BalancedClippingOptions Options = new();

    [Fact]
    public void Widens_the_upper_bound_until_positive_tokens_hold_their_share()
    {
        Assert.Equal(0.3, Share(0.6, 1.2, BalanceMode.GradientActive), 1e-6);
        (double low, double high, double share) = Search(Options);
        Assert.Equal(0.6, low);
        Assert.Equal(1.5, high, 1e-9);
        Assert.Equal(0.5333, share, 1e-4);
    }

    [Fact]
    public void The_printed_share_falls_when_the_lower_bound_rises()
    {
        Assert.Equal(0.4375, Share(0.6, 1.2, BalanceMode.Literal), 1e-4);
        Assert.Equal(0.4118, Share(0.9, 1.2, BalanceMode.Literal), 1e-4);
        Assert.Equal(0.4706, Share(0.6, 1.5, BalanceMode.Literal), 1e-4);
    }

    [Fact]
    public void Share_zero_is_ppo_with_fixed_bounds()
    {
        PathBatch batch = Batches.Random(2);
        float[] fixedBounds = Gradient(batch, new PpoClipping(new PpoClippingOptions { Low = 0.4, High = 0.2, DualClip = 10 }));
        Assert.Equal(fixedBounds, Gradient(batch, new BalancedClipping(Options with { Share = 0 })));
    }

    [Fact]
    public void A_share_that_holds_already_leaves_the_bounds_alone()
    {
        (double low, double high, double share) = BalancedClipping.Search([1, 1, 1], [1, 1, -1], [], [1, 1, 1], Options);
        Assert.Equal((0.6, 1.2), (low, high));
        Assert.Equal(2 / 3.0, share, 1e-6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_negatives_alone_the_search_ends_at_the_last_bounds(bool lowFirst)
    {
        (double low, double high, double share) = BalancedClipping.Search([1, 1.1f], [-1, -1], [], [1, 1], Options with { LowFirst = lowFirst });
        Assert.Equal(0.9, low, 1e-9);
        Assert.Equal(3, high, 1e-9);
        Assert.Equal(0, share);
    }

    [Fact]
    public void Raising_either_bound_never_lowers_the_share_that_has_gradient()
    {
        for (ulong seed = 1; seed < 20; seed++)
        {
            PathBatch batch = Batches.Random(seed);
            float[] ratio = new float[batch.TokenCount];
            TokenRatio.Compute(batch.Current, batch.Old, batch.Mask, ratio);
            double before = 0;
            foreach ((double low, double high) in new[] { (0.6, 1.2), (0.6, 1.4), (0.6, 3), (0.7, 3), (0.9, 3) })
            {
                double share = BalancedClipping.PositiveShare(ratio, batch.Advantage, batch.Old, batch.Mask, low, high, BalanceMode.GradientActive);
                Assert.True(share >= before);
                before = share;
            }
        }
    }

    [Fact]
    public void Reports_the_bounds_of_the_whole_minibatch_when_it_is_evaluated_in_parts()
    {
        PathBatch batch = Batches.Random(5);
        BalancedClipping clipping = new(Options);
        PolicyObjective objective = new(new TokenRatio(), null, clipping, [], MeanAggregation.TokenMean());
        double whole = objective.Evaluate(batch, ObjectiveGradients.Allocate(batch.TokenCount)).Loss, parts = 0;
        objective.Prepare(batch);
        for (int group = 0; group < batch.GroupCount; group++)
        {
            PathBatch part = batch.Groups(group, group + 1);
            parts += objective.EvaluatePart(part, batch.PathOffsets[batch.GroupOffsets[group]], ObjectiveGradients.Allocate(part.TokenCount));
        }

        Assert.Equal(whole, parts, 1e-6);
        Dictionary<string, double> metrics = clipping.Metrics.ToDictionary(metric => metric.Name, metric => metric.Value);
        Assert.Equal(clipping.Bounds.High, metrics["clip/high-bound"]);
        Assert.Equal(clipping.Bounds.Share, metrics["clip/positive-share"]);
    }

    private static double Share(double low, double high, BalanceMode mode) => BalancedClipping.PositiveShare(Ratio, Advantage, [], Mask, low, high, mode);

    private static (double Low, double High, double Share) Search(BalancedClippingOptions options) =>
        BalancedClipping.Search(Ratio, Advantage, [], Mask, options);

    private static float[] Gradient(PathBatch batch, IClipping clipping)
    {
        float[] gradient = new float[batch.TokenCount];
        new PolicyObjective(new TokenRatio(), null, clipping, [], MeanAggregation.TokenMean())
            .Evaluate(batch, Proximal.Tests.Objectives.PolicyObjectiveTests.Gradients(gradient));
        return gradient;
    }
}
