using Proximal.Advantages;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Tensors.Random;

namespace Proximal.Tests.Rewards;

public sealed class UnlikelinessTests
{
    [Fact]
    public void The_rarest_right_response_earns_most()
    {
        PathBatch batch = Batch([1, 1, 0, 1], [-0.1f, -0.5f, -0.2f, -2]);
        new Unlikeliness(new()).Shape(batch);
        AssertClose([0.8125f, 0.9375f, 0, 1], batch.Rewards.ToArray());
        Assert.Equal(batch.Rewards.ToArray(), batch.TokenReward.ToArray());
        new GroupRelativeAdvantage(new()).Compute(batch);
        AssertClose([0.268866f, 0.537733f, -1.478765f, 0.672166f], batch.Advantage.ToArray());
    }

    [Fact]
    public void The_paper_counts_one_step_more()
    {
        PathBatch batch = Batch([1, 1, 0, 1], [-0.1f, -0.5f, -0.2f, -2]);
        new Unlikeliness(new UnlikelinessOptions { PaperForm = true }).Shape(batch);
        AssertClose([0.75f, 0.875f, 0, 0.9375f], batch.Rewards.ToArray());
    }

    [Fact]
    public void Without_a_coefficient_nothing_changes()
    {
        PathBatch batch = Batch([1, 1, 0, 1], [-0.1f, -0.5f, -0.2f, -2]);
        new Unlikeliness(new UnlikelinessOptions { Coefficient = 0 }).Shape(batch);
        Assert.Equal([1, 1, 0, 1], batch.Rewards.ToArray());
    }

    [Fact]
    public void Likelihoods_are_those_of_a_token_unless_the_whole_response_is_asked_for()
    {
        PathBatch batch = Batches.Create([4, 1]);
        batch.Rewards.Fill(1);
        float[] old = [-0.5f, -0.5f, -0.5f, -0.5f, -1];
        old.CopyTo(batch.Old);
        new Unlikeliness(new UnlikelinessOptions { Coefficient = 1 }).Shape(batch);
        Assert.Equal([0.5f, 1], batch.Rewards.ToArray());
        batch.Rewards.Fill(1);
        new Unlikeliness(new UnlikelinessOptions { Coefficient = 1, PerToken = false }).Shape(batch);
        Assert.Equal([1, 0.5f], batch.Rewards.ToArray());
    }

    [Fact]
    public void Right_stays_above_wrong_the_order_of_responses_does_not_matter_and_ties_share()
    {
        RandomStream random = new(6, RandomPurpose.User);
        for (int round = 0; round < 40; round++)
        {
            float[] rewards = [.. Enumerable.Range(0, 8).Select(i => (float)random.Integer((100 * round) + i, 2))];
            float[] old = [.. Enumerable.Range(0, 8).Select(i => -0.1f * random.Integer((100 * round) + 50 + i, 5))];
            int[] order = [.. Enumerable.Range(0, 8)];
            random.Shuffle(order.AsSpan(), 10_000 + (100 * round));
            PathBatch batch = Batch(rewards, old), shuffled = Batch([.. order.Select(i => rewards[i])], [.. order.Select(i => old[i])]);
            new Unlikeliness(new()).Shape(batch);
            new Unlikeliness(new()).Shape(shuffled);
            for (int i = 0; i < 8; i++)
            {
                Assert.Equal(batch.Rewards[order[i]], shuffled.Rewards[i]);
                Assert.True(rewards[i] == 0 ? batch.Rewards[i] == 0 : batch.Rewards[i] >= 1 - (0.25f * 7 / 8) - 1e-6f);
                for (int j = 0; j < i; j++)
                {
                    Assert.True(rewards[i] != rewards[j] || old[i] != old[j] || batch.Rewards[i] == batch.Rewards[j]);
                }
            }
        }
    }

    private static PathBatch Batch(float[] rewards, float[] old)
    {
        PathBatch batch = Batches.WithRewards(rewards);
        old.CopyTo(batch.Old);
        return batch;
    }

    private static void AssertClose(float[] expected, float[] actual) => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
}
