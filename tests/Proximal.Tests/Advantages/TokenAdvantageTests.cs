using Proximal.Advantages;
using Proximal.Rollouts;

namespace Proximal.Tests.Advantages;

public sealed class TokenAdvantageTests
{
    [Theory]
    [InlineData(1, new[] { 0.5, 0.4, 0.3 })]
    [InlineData(0.95, new[] { 0.46575, 0.385, 0.3 })]
    [InlineData(0, new[] { 0.1, 0.1, 0.3 })]
    public void Gae_equals_the_worked_example(double trace, double[] expected)
    {
        float[] advantages = new float[3], returns = new float[3], values = [0.5f, 0.6f, 0.7f];
        GeneralizedAdvantage.Compute([0, 0, 1], values, [1, 1, 1], 1, trace, advantages, returns);
        for (int t = 0; t < 3; t++)
        {
            Assert.Equal(expected[t], advantages[t], 1e-6);
            Assert.Equal(expected[t] + values[t], returns[t], 1e-6);
        }
    }

    [Fact]
    public void Gae_passes_over_observation_tokens_unchanged()
    {
        float[] dense = new float[3], sparse = new float[5], returns = new float[5];
        GeneralizedAdvantage.Compute([0, 0, 1], [0.5f, 0.6f, 0.7f], [1, 1, 1], 0.9, 0.8, dense, returns.AsSpan(0, 3));
        GeneralizedAdvantage.Compute([0, 9, 0, 9, 1], [0.5f, 7, 0.6f, -7, 0.7f], [1, 0, 1, 0, 1], 0.9, 0.8, sparse, returns);
        Assert.Equal([dense[0], 0, dense[1], 0, dense[2]], sparse);
    }

    [Fact]
    public void Reward_to_go_discounts_by_policy_tokens()
    {
        float[] returns = new float[4];
        RewardToGoAdvantage.Compute([1, 5, 2, 4], [1, 0, 1, 1], 0.5, returns);
        Assert.Equal([3, 0, 4, 4], returns);
    }

    [Fact]
    public void Reinforce_plus_plus_has_mean_zero_and_variance_one_over_the_batch()
    {
        PathBatch batch = Batches.Random(1);
        batch.Entropy.CopyTo(batch.TokenReward);
        ReinforcePlusPlusAdvantage.Create(new()).Compute(batch);
        float[] valid = [.. batch.Advantage.ToArray().Where((_, t) => batch.Mask[t] != 0)];
        double mean = valid.Average(a => (double)a), variance = valid.Sum(a => (a - mean) * (a - mean)) / (valid.Length - 1);
        Assert.Equal(0, mean, 1e-6);
        Assert.Equal(1, variance, 1e-6);
    }

    [Fact]
    public void Reinforce_plus_plus_with_one_rollout_a_prompt_is_increasing_in_the_reward()
    {
        PathBatch batch = Batches.Create([1], [1], [1]);
        float[] rewards = [0.3f, 2, -1];
        rewards.CopyTo(batch.TokenReward);
        ReinforcePlusPlusAdvantage.Create(new()).Compute(batch);
        Assert.Equal((batch.Advantage[1] - batch.Advantage[0]) / 1.7f, (batch.Advantage[0] - batch.Advantage[2]) / 1.3f, 1e-5f);
        Assert.True(batch.Advantage[2] < batch.Advantage[0] && batch.Advantage[0] < batch.Advantage[1]);
    }

    [Fact]
    public void Reinforce_plus_plus_baseline_leaves_an_all_correct_group_at_zero()
    {
        PathBatch batch = Batches.Create([1, 1], [1, 1]);
        float[] rewards = [1, 0, 1, 1];
        rewards.CopyTo(batch.Rewards);
        new ReinforcePlusPlusBaselineAdvantage().Compute(batch);
        Assert.Equal(batch.Advantage[0], -batch.Advantage[1]);
        Assert.Equal([0, 0], batch.Advantage[2..].ToArray());
    }

    [Fact]
    public void Whitening_of_one_token_or_none_gives_zero()
    {
        float[] values = [3, 5];
        Whitening.Apply(values, [0, 1]);
        Assert.Equal([0, 0], values);
        values = [3, 5];
        Whitening.Apply(values, [0, 0]);
        Assert.Equal([0, 0], values);
    }

    [Fact]
    public void Constant_advantage_is_the_same_on_every_policy_token()
    {
        PathBatch batch = Batches.Create([2]);
        batch.Mask[1] = 0;
        new ConstantAdvantage(new ConstantAdvantageOptions { Value = 0.5 }).Compute(batch);
        Assert.Equal([0.5f, 0], batch.Advantage.ToArray());
    }

    [Fact]
    public void Non_finite_values_are_reported_with_the_method()
    {
        PathBatch batch = Batches.Create([1]);
        batch.OldValues[0] = float.NaN;
        Assert.Equal("Advantages 'gae'", Assert.Throws<NonFiniteException>(() => new GeneralizedAdvantage(new()).Compute(batch)).Component);
    }
}
