using Proximal.Rewards;
using Proximal.Rollouts;

namespace Proximal.Tests.Rewards;

public sealed class RewardNormalizationTests
{
    [Fact]
    public void Rewards_are_standardized_by_all_rewards_so_far_and_clipped()
    {
        RewardNormalization free = new(new() { Clip = 0 }), clipped = new(new() { Clip = 1 });
        foreach (RewardNormalization shaping in new[] { free, clipped })
        {
            shaping.Shape(Batches.WithRewards(1, 2));
            PathBatch batch = Batches.WithRewards(3, 4);
            shaping.Shape(batch);
            Assert.Equal(2.5, shaping.Mean, 1e-12);
            Assert.Equal(1.118034, shaping.StandardDeviation, 1e-6);
            Assert.Equal(shaping == free ? 1.341641f : 1, batch.Rewards[1], 1e-6f);
            Assert.Equal(batch.Rewards.ToArray(), batch.TokenReward.ToArray());
        }
    }

    [Fact]
    public void Equal_rewards_become_zero()
    {
        PathBatch batch = Batches.WithRewards(3, 3);
        new RewardNormalization(new()).Shape(batch);
        Assert.Equal([0, 0], batch.Rewards.ToArray());
    }

    [Fact]
    public void With_the_divergence_the_token_rewards_sum_to_the_normal_reward_less_the_penalty_of_the_sequence()
    {
        PathBatch batch = Batches.Random(3);
        for (int path = 0; path < batch.PathCount; path++)
        {
            batch.Rewards[path] = path - 2;
            batch.TokenReward[batch.PathOffsets[path] + batch.Mask[batch.Path(path)].LastIndexOf(1f)] = path - 2;
        }

        RewardNormalization normalization = new(new());
        normalization.Shape(batch);
        float[] normal = batch.Rewards.ToArray();
        new KlReward(new() { Coefficient = 0.05 }).Shape(batch);
        for (int path = 0; path < batch.PathCount; path++)
        {
            double divergence = 0;
            for (int t = batch.PathOffsets[path]; t < batch.PathOffsets[path + 1]; t++)
            {
                divergence += batch.Mask[t] * (batch.Old[t] - batch.Reference[t]);
            }

            Assert.InRange(normal[path], -0.8f, 0.8f);
            Assert.Equal(normal[path] - (0.05 * divergence), batch.TokenReward[batch.Path(path)].ToArray().Sum(), 1e-5);
        }
    }

    [Fact]
    public void A_resumed_run_knows_the_statistics()
    {
        RewardNormalization first = new(new()), second = new(new());
        first.Shape(Batches.WithRewards(1, 5, -2));
        Dictionary<string, double[]> state = [];
        first.Save(state);
        second.Load(state);
        PathBatch expected = Batches.WithRewards(0.5f, 4), actual = Batches.WithRewards(0.5f, 4);
        first.Shape(expected);
        second.Shape(actual);
        Assert.Equal(expected.Rewards.ToArray(), actual.Rewards.ToArray());
    }
}
