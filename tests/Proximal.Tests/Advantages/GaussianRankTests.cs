using Proximal.Advantages;
using Proximal.Rollouts;
using Proximal.Tensors.Random;
using Proximal.Tests.Rollouts;

namespace Proximal.Tests.Advantages;

public sealed class GaussianRankTests
{
    [Theory]
    [InlineData(new float[] { 0, 0, 0, 0, 1 }, new[] { -0.320388, -0.320388, -0.320388, -0.320388, 1.281552 })]
    [InlineData(new float[] { 0, 0, 1, 1, 1 }, new[] { -0.902976, -0.902976, 0.601984, 0.601984, 0.601984 })]
    [InlineData(new[] { 0.1f, 0.1f, 0.1f, 0.2f, 1 }, new[] { -0.601984, -0.601984, -0.601984, 0.524401, 1.281552 })]
    [InlineData(new[] { 0.81f, 0.81f, 0.82f, 0.82f, 0.83f }, new[] { -0.902976, -0.902976, 0.262200, 0.262200, 1.281552 })]
    [InlineData(new float[] { 1, 0, 0, 0 }, new[] { 1.1503, -0.3834, -0.3834, -0.3834 })]
    public void Ranks_become_normal_quantiles_and_equal_rewards_share_theirs(float[] rewards, double[] expected)
    {
        float[] advantage = new float[rewards.Length];
        GaussianRankAdvantage.Compute(rewards, advantage);
        Assert.All(expected.Zip(advantage), pair => Assert.Equal(pair.First, pair.Second, rewards.Length == 4 ? 1e-4 : 1e-6));
    }

    [Fact]
    public void Only_the_order_counts_the_sum_is_zero_and_the_extreme_quantile_bounds()
    {
        RandomStream random = new(4, RandomPurpose.User);
        for (int n = 2; n < 40; n++)
        {
            float[] rewards = [.. Enumerable.Range(0, n).Select(i => (float)random.Integer((100 * n) + i, n))], advantage = new float[n], transformed = new float[n];
            GaussianRankAdvantage.Compute(rewards, advantage);
            GaussianRankAdvantage.Compute([.. rewards.Select(r => MathF.Exp(r / 8) - 3)], transformed);
            Assert.Equal(advantage, transformed);
            Assert.Equal(0, advantage.Sum(), 1e-5f);
            Assert.All(advantage, a => Assert.InRange(Math.Abs(a), 0, 1e-6 - Tensors.Numerics.SpecialFunctions.NormalQuantile(0.5 / n)));
            GaussianRankAdvantage.Compute([.. rewards.Select(_ => 0.3f)], advantage);
            Assert.All(advantage, a => Assert.Equal(0, a));
        }
    }

    [Fact]
    public void A_task_ranks_the_rollouts_of_all_its_prompts_together()
    {
        PathBatch batch = Batches.WithGroups([0.1f, 0.2f], [5, 7], [0.3f, 0.4f]);
        TestTrajectories.Attach(batch, family: path => path is 2 or 3 ? "b" : "a");
        Compute(new GaussianRankAdvantage(new GaussianRankOptions { Set = RankSet.Task }), batch);
        float[] four = new float[4], two = new float[2];
        GaussianRankAdvantage.Compute([1, 2, 3, 4], four);
        GaussianRankAdvantage.Compute([1, 2], two);
        Assert.Equal([four[0], four[1], two[0], two[1], four[2], four[3]], batch.Advantage.ToArray());
        Compute(new GaussianRankAdvantage(new()), batch);
        Assert.Equal([two[0], two[1], two[0], two[1], two[0], two[1]], batch.Advantage.ToArray());
        Compute(new GaussianRankAdvantage(new GaussianRankOptions { Set = RankSet.Batch }), batch);
        Assert.Equal(batch.Advantage[3], batch.Advantage.ToArray().Max());
    }

    [Fact]
    public void The_deviation_of_a_task_moves_slowly_and_survives_a_restart()
    {
        TaskDeviationOptions options = new() { Decay = 0.75, Epsilon = 0 };
        TaskDeviationAdvantage method = new(options);
        PathBatch first = TestTrajectories.Attach(Batches.WithGroups([1, 0], [10, 0], [0, 0]), family: path => path is 2 or 3 ? "b" : "a");
        Compute(method, first);
        double half = Math.Sqrt(0.5) / 2;
        Assert.Equal(half, method.Deviations["a"], 1e-12);
        Assert.Equal([(float)(0.5 / half), (float)(-0.5 / half), 0.70710677f, -0.70710677f, 0, 0], first.Advantage.ToArray());
        Dictionary<string, double[]> state = [];
        method.Save(state);
        TaskDeviationAdvantage resumed = new(options);
        resumed.Load(state);
        PathBatch second = TestTrajectories.Attach(Batches.WithGroups([2, 0]), family: _ => "a");
        Compute(resumed, second);
        Assert.Equal((0.75 * half) + (0.25 * Math.Sqrt(2)), resumed.Deviations["a"], 1e-12);
        Compute(new TaskDeviationAdvantage(options), Batches.WithGroups([1, 0]));
    }

    [Fact]
    public void Decoupled_normalization_keeps_combinations_apart_that_have_one_sum()
    {
        (string, float)[][] terms =
        [
            [("a", 1), ("b", 0)], [("a", 0), ("b", 0)], [("a", 0), ("b", 0)], [("a", 0), ("b", 0)],
            [("a", 1), ("b", 1)], [("a", 0), ("b", 0)], [("a", 0), ("b", 0)], [("a", 0), ("b", 0)],
        ];
        PathBatch batch = TestTrajectories.Attach(Batches.WithGroups([1, 0, 0, 0], [2, 0, 0, 0]), terms: path => terms[path]);
        Compute(new DecoupledNormalizationAdvantage(new()), batch);
        Assert.Equal(2, batch.Advantage[4] / batch.Advantage[0], 1e-4);
        Assert.Equal(0, batch.Advantage.ToArray().Sum(), 1e-5);
        double variance = batch.Advantage.ToArray().Sum(a => a * a) / 7;
        Assert.Equal(1, variance, 1e-4);
    }

    private static void Compute(IAdvantage method, PathBatch batch) => method.Compute(batch);
}
