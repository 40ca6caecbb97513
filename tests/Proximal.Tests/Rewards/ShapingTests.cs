using Proximal.Regularizers;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Tests.Rollouts;

namespace Proximal.Tests.Rewards;

public sealed class ShapingTests
{
    [Theory]
    [InlineData(16, 0)]
    [InlineData(18, -0.5)]
    [InlineData(20, -1)]
    [InlineData(25, -1)]
    public void Overlong_punishment_is_a_ramp(int length, double expected) => Assert.Equal(expected, OverlongPunishment.Compute(length, 20, 4));

    [Fact]
    public void Overlong_punishment_goes_to_the_last_policy_token_and_leaves_the_score()
    {
        PathBatch batch = Batches.Create([19, 10]);
        batch.ResponseBudget = 20;
        batch.Mask[18] = 0;
        new OverlongPunishment(new()).Shape(batch);
        Assert.Equal([-0.5f, 0], batch.Rewards.ToArray());
        Assert.Equal(-0.5f, batch.TokenReward[17]);
        Assert.Equal(-0.5f, batch.TokenReward.ToArray().Sum());
        Assert.Equal([0, 0], batch.Scores.ToArray());
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0.5)]
    [InlineData(6, 1)]
    [InlineData(9, 0.5)]
    [InlineData(11, 0)]
    public void A_length_band_is_a_trapezoid(int length, double expected) =>
        Assert.Equal(expected, LengthBand.Compute(length, new LengthBandOptions { Minimum = 2, Low = 4, High = 8, Maximum = 10 }));

    [Fact]
    public void A_length_band_is_for_the_problems_of_its_task()
    {
        PathBatch batch = TestTrajectories.Attach(Batches.Create([4], [4]), family: path => path == 0 ? "a" : "b");
        new LengthBand(new LengthBandOptions { Task = "b", Weight = 0.25 }).Shape(batch);
        Assert.Equal([0, 0.25f], batch.Rewards.ToArray());
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0.25f], batch.TokenReward.ToArray());
    }

    [Fact]
    public void Kl_reward_changes_token_rewards_and_their_sum_alike()
    {
        PathBatch batch = Batches.Random(1);
        KlReward shaping = new(new KlRewardOptions { Coefficient = 0.5 });
        shaping.Shape(batch);
        for (int path = 0; path < batch.PathCount; path++)
        {
            Assert.Equal(batch.TokenReward[batch.Path(path)].ToArray().Sum(), batch.Rewards[path], 1e-5f);
        }

        for (int t = 0; t < batch.TokenCount; t++)
        {
            Assert.Equal(batch.Mask[t] * -0.5f * (batch.Old[t] - batch.Reference[t]), batch.TokenReward[t], 1e-6f);
        }

        Assert.Equal(Requirements.Reference, shaping.Requirements);
    }

    [Fact]
    public void Adaptive_kl_reward_moves_after_the_batch()
    {
        PathBatch batch = Batches.Create([2, 1]);
        batch.Reference.Fill(-1);
        KlReward shaping = new(new KlRewardOptions { Coefficient = 1, Adaptive = true, Horizon = 10, Estimator = KlEstimator.K1 });
        shaping.Shape(batch);
        Assert.Equal([-2, -1], batch.Rewards.ToArray());
        Assert.Equal(1.04, shaping.Coefficient, 1e-9);
    }
}
