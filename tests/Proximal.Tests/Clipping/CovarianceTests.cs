using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Objectives;
using Proximal.Ratios;
using Proximal.Rollouts;
using Proximal.Tests.Objectives;

namespace Proximal.Tests.Clipping;

public sealed class CovarianceTests
{
    [Fact]
    public void Without_a_candidate_clip_cov_is_ppo()
    {
        PathBatch batch = Batches.Random(1);
        float[] ppo = Gradient(new PpoClipping(new()), batch), covariance = Gradient(new CovarianceClipping(new CovarianceClippingOptions { LowerBound = 1e6, UpperBound = 2e6 }), batch);
        Assert.Equal(ppo, covariance);
    }

    [Fact]
    public void Exactly_as_many_tokens_lose_their_gradient_as_the_share_says_and_none_was_clipped_before()
    {
        PathBatch batch = Batches.Random(2);
        int valid = (int)batch.Mask.ToArray().Sum();
        float[] ppo = Gradient(new PpoClipping(new()), batch);
        foreach (double share in new[] { 1e-6, 0.1 })
        {
            float[] covariance = Gradient(new CovarianceClipping(new CovarianceClippingOptions { Share = share, LowerBound = -100, UpperBound = 100 }), batch);
            int[] changed = [.. Enumerable.Range(0, ppo.Length).Where(t => ppo[t] != covariance[t])];
            Assert.Equal(Math.Max(1, (int)(share * valid)), changed.Length);
            Assert.All(changed, t => Assert.Equal(0, covariance[t]));
        }
    }

    [Fact]
    public void The_draw_depends_on_seed_step_and_update_alone()
    {
        PathBatch batch = Batches.Random(3);
        CovarianceClipping clipping = new(new CovarianceClippingOptions { Share = 0.2, LowerBound = -100, UpperBound = 100 });
        float[] first = Gradient(clipping, batch);
        Assert.Equal(first, Gradient(clipping, batch));
        batch.Update = 1;
        Assert.NotEqual(first, Gradient(clipping, batch));
        batch.Update = 0;
        batch.Step = 1;
        Assert.NotEqual(first, Gradient(clipping, batch));
    }

    [Fact]
    public void On_policy_kl_cov_is_the_unclipped_surrogate()
    {
        PathBatch batch = Batches.Random(4, spread: 0);
        Assert.Equal(Gradient(new UnclippedSurrogate(), batch), Gradient(new CovariancePenalty(new CovariancePenaltyOptions { Share = 0.5 }), batch));
    }

    [Fact]
    public void Kl_cov_penalizes_at_least_one_token_and_breaks_ties_by_position()
    {
        PathBatch batch = Batches.Create([4]);
        batch.Current.Fill(-1);
        batch.Old.Fill(-1.1f);
        ObjectiveMetrics metrics = new PolicyObjective(new TokenRatio(), null, new CovariancePenalty(new CovariancePenaltyOptions { Share = 0.5 }), [], MeanAggregation.TokenMean())
            .Evaluate(batch, PolicyObjectiveTests.Gradients(new float[4]));
        Assert.Equal(0.5, metrics.CovarianceFraction);
        float[] gradient = Gradient(new CovariancePenalty(new CovariancePenaltyOptions { Share = 1e-6 }), batch);
        Assert.Equal([0.25f, 0, 0, 0], gradient);
    }

    private static float[] Gradient(IClipping clipping, PathBatch batch)
    {
        float[] gradient = new float[batch.TokenCount];
        new PolicyObjective(new TokenRatio(), null, clipping, [], MeanAggregation.TokenMean()).Evaluate(batch, PolicyObjectiveTests.Gradients(gradient));
        return gradient;
    }
}
