using Proximal.Advantages;
using Proximal.Rollouts;
using Proximal.Tensors.Random;

namespace Proximal.Tests.Advantages;

public sealed class NormalizedAdvantageTests
{
    private static readonly NormalizedOptions Lite = new();

    [Fact]
    public void Lite_ppo_divides_by_the_deviation_of_the_batch()
    {
        AssertClose([1.5f, -0.5f, -0.5f, -0.5f, 0.5f, 0.5f, 0.5f, -1.5f], Compute(Lite with { Population = true }, [1, 0, 0, 0], [1, 1, 1, 0]));
        float[] sample = Compute(Lite, [1, 0, 0, 0], [1, 1, 1, 0]);
        Assert.Equal(0.75 / 0.534522, sample[0], 1e-4);
    }

    [Fact]
    public void A_single_group_is_grpo()
    {
        float[] grpo = new float[4];
        GroupRelativeAdvantage.Compute([1, 0, 0.5f, 0], grpo, GroupNormalization.SampleDeviation, 1e-6);
        Assert.Equal(grpo, Compute(Lite, [1, 0, 0.5f, 0]));
        Assert.Equal(grpo, Compute(Lite with { Deviation = RewardSet.Group }, [1, 0, 0.5f, 0], [1, 1, 0, 0])[..4]);
    }

    [Fact]
    public void One_failure_among_successes_is_no_outlier()
    {
        // The other group makes half of all rewards 0, so that the population deviation of the batch is 0.5.
        float[] nearly = [1, 1, 1, 1, 1, 1, 1, 0], hardly = [0, 0, 0, 0, 0, 0, 0, 1];
        Assert.Equal(-1.75, Compute(Lite with { Population = true }, nearly, hardly)[7], 1e-5);
        Assert.Equal(-2.4749, Compute(Lite with { Deviation = RewardSet.Group }, nearly, hardly)[7], 1e-4);
    }

    [Fact]
    public void The_scale_of_the_rewards_changes_nothing_and_groups_sum_to_zero()
    {
        RandomStream random = new(3, RandomPurpose.User);
        float[][] groups = [.. Enumerable.Range(0, 5).Select(g => Enumerable.Range(0, 6).Select(i => (float)random.Normal((6 * g) + i)).ToArray())];
        NormalizedOptions exact = Lite with { Epsilon = 0 };
        float[] advantage = Compute(exact, groups);
        AssertClose(advantage, Compute(exact, [.. groups.Select(group => group.Select(r => 10 * r).ToArray())]));
        Assert.All(advantage.Chunk(6), group => Assert.Equal(0, group.Sum(), 1e-5f));
    }

    [Theory]
    [InlineData(RewardSet.None, RewardSet.None, 3, 1)]
    [InlineData(RewardSet.Batch, RewardSet.None, 1.5, -0.5)]
    [InlineData(RewardSet.Group, RewardSet.None, 1, -1)]
    [InlineData(RewardSet.None, RewardSet.Group, 2.12132, 0.70711)]
    [InlineData(RewardSet.Batch, RewardSet.Batch, 1.161895, -0.387298)]
    public void Mean_and_deviation_are_taken_over_what_the_options_say(RewardSet mean, RewardSet deviation, double first, double second)
    {
        float[] advantage = Compute(new NormalizedOptions { Mean = mean, Deviation = deviation, Epsilon = 0 }, [3, 1], [2, 0]);
        AssertClose([(float)first, (float)second], advantage[..2]);
    }

    [Fact]
    public void Equal_rewards_and_sets_of_one_are_no_division_by_zero()
    {
        Assert.Equal([0, 0, 0, 0], Compute(Lite, [0.1f, 0.1f], [0.1f, 0.1f]));
        Assert.Equal([0, 0], Compute(Lite with { Mean = RewardSet.None, Deviation = RewardSet.Group }, [0.7f, 0.7f]));
        Assert.Equal([0, 0], Compute(Lite, [0.1f, 0.1f], [1, 0])[..2]);
        Assert.Equal([0.7f], Compute(Lite, [0.7f]));
    }

    private static float[] Compute(NormalizedOptions options, params float[][] rewards)
    {
        PathBatch batch = Batches.WithGroups(rewards);
        new NormalizedAdvantage(options).Compute(batch);
        return batch.Advantage.ToArray();
    }

    private static void AssertClose(float[] expected, float[] actual) => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-5f));
}
