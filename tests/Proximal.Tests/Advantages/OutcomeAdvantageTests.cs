using Proximal.Advantages;
using Proximal.Rollouts;
using Proximal.Tensors.Random;

namespace Proximal.Tests.Advantages;

public sealed class OutcomeAdvantageTests
{
    [Fact]
    public void Rloo_subtracts_the_mean_of_the_others() =>
        AssertClose([2f / 3, -2f / 3, -2f / 3, 2f / 3], Compute(new LeaveOneOutAdvantage(), 1, 0, 0, 1));

    [Fact]
    public void Rloo_sums_to_zero_and_equals_dr_grpo_times_g_over_g_minus_one()
    {
        foreach (float[] rewards in RandomGroups())
        {
            float[] rloo = Compute(new LeaveOneOutAdvantage(), rewards), drGrpo = Compute(DrGrpoAdvantage.Create(), rewards);
            Assert.Equal(0, rloo.Sum(), 1e-4f);
            AssertClose([.. drGrpo.Select(a => a * rewards.Length / (rewards.Length - 1))], rloo);
        }
    }

    [Fact]
    public void Rloo_is_unbiased_on_a_two_armed_bandit_by_enumeration()
    {
        double[] policy = [0.3, 0.7];
        float[] reward = [1, 0.2f];
        double estimate = 0, centred = 0;
        for (int first = 0; first < 2; first++)
        {
            for (int second = 0; second < 2; second++)
            {
                float[] rewards = [reward[first], reward[second]];
                double probability = policy[first] * policy[second];
                float[] rloo = Compute(new LeaveOneOutAdvantage(), rewards), drGrpo = Compute(DrGrpoAdvantage.Create(), rewards);
                int[] arms = [first, second];
                for (int i = 0; i < 2; i++)
                {
                    double score = (arms[i] == 0 ? 1 : 0) - policy[0];
                    estimate += probability * rloo[i] * score / 2;
                    centred += probability * drGrpo[i] * score / 2;
                }
            }
        }

        double exact = policy[0] * (reward[0] - ((policy[0] * reward[0]) + (policy[1] * reward[1])));
        Assert.Equal(exact, estimate, 1e-7);
        Assert.Equal(exact / 2, centred, 1e-7);
    }

    [Fact]
    public void Grpo_divides_by_the_sample_or_the_population_deviation()
    {
        AssertClose([1.5f, -0.5f, -0.5f, -0.5f], Compute(new GroupRelativeAdvantage(new()), 1, 0, 0, 0), 1e-5f);
        GroupRelativeAdvantage population = new(new GroupRelativeOptions { Normalization = GroupNormalization.PopulationDeviation });
        AssertClose([1.7321f, -0.5774f, -0.5774f, -0.5774f], Compute(population, 1, 0, 0, 0), 1e-4f);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(3, 8)]
    public void Grpo_on_binary_rewards_depends_on_the_pass_rate_alone(int passed, int size)
    {
        float[] rewards = [.. Enumerable.Range(0, size).Select(i => i < passed ? 1f : 0f)];
        float[] advantage = Compute(new GroupRelativeAdvantage(new GroupRelativeOptions { Normalization = GroupNormalization.PopulationDeviation, Epsilon = 0 }), rewards);
        double p = (double)passed / size;
        Assert.Equal(Math.Sqrt((1 - p) / p), advantage[0], 1e-6);
        Assert.Equal(-Math.Sqrt(p / (1 - p)), advantage[^1], 1e-6);
    }

    [Fact]
    public void Grpo_is_invariant_under_positive_affine_changes_of_the_reward()
    {
        GroupRelativeAdvantage grpo = new(new GroupRelativeOptions { Epsilon = 0 });
        foreach (float[] rewards in RandomGroups())
        {
            AssertClose(Compute(grpo, rewards), Compute(grpo, [.. rewards.Select(r => (3 * r) - 2)]), 1e-4f);
        }
    }

    [Fact]
    public void Equal_rewards_give_advantage_zero()
    {
        foreach (IAdvantage method in new IAdvantage[] { new GroupRelativeAdvantage(new()), DrGrpoAdvantage.Create(), new LeaveOneOutAdvantage(), new PassAtKAdvantage(new()) })
        {
            AssertClose([0, 0, 0], Compute(method, 0.1f, 0.1f, 0.1f), method is LeaveOneOutAdvantage ? 1e-7f : 0);
        }
    }

    [Fact]
    public void A_group_of_one_has_baseline_zero()
    {
        Assert.Equal([0.7f], Compute(DrGrpoAdvantage.Create(), 0.7f));
        Assert.Equal([0.7f], Compute(new LeaveOneOutAdvantage(), 0.7f));
        Assert.Equal([0.7f], Compute(new OptimalBaselineAdvantage(), 0.7f));
        Assert.Equal(0.7f, Compute(new GroupRelativeAdvantage(new()), 0.7f)[0], 1e-5f);
        Assert.Contains("at least 2", Assert.Throws<ArgumentException>(() => Compute(new PassAtKAdvantage(new()), 0.7f)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dr_grpo_only_centres() => AssertClose([0.75f, -0.25f, -0.25f, -0.25f], Compute(DrGrpoAdvantage.Create(), 1, 0, 0, 0));

    [Fact]
    public void Opo_weighs_the_baseline_by_length()
    {
        PathBatch batch = Batches.Create([1, 3]);
        batch.Rewards[0] = 1;
        new OptimalBaselineAdvantage().Compute(batch);
        AssertClose([0.75f, -0.25f, -0.25f, -0.25f], batch.Advantage.ToArray());
    }

    [Fact]
    public void Gpg_makes_up_for_rollouts_without_reward() => AssertClose([1.5f, -0.5f, -0.5f, -0.5f], Compute(new PolicyGradientAdvantage(new PolicyGradientAdvantageOptions { Normalizer = 2 }), 1, 0, 0, 0));

    [Fact]
    public void Reinforce_without_baseline_has_the_variance_that_a_half_takes_away()
    {
        float[] none = Compute(new ReinforceAdvantage(new()), 1, 0);
        float[] half = Compute(new ReinforceAdvantage(new ReinforceOptions { Baseline = RewardBaseline.Constant, Constant = 0.5 }), 1, 0);
        double[] score = [0.5, -0.5];
        Assert.Equal([0.5, 0], none.Zip(score, (a, s) => a * s));
        Assert.Equal([0.25, 0.25], half.Zip(score, (a, s) => a * s));
    }

    [Fact]
    public void Moving_average_is_subtracted_before_it_is_updated_and_survives_a_restart()
    {
        ReinforceOptions options = new() { Baseline = RewardBaseline.MovingAverage };
        ReinforceAdvantage method = new(options);
        Assert.Equal([1f, 0f], Compute(method, 1, 0));
        Assert.Equal(0.005, method.MovingAverage, 1e-12);
        Dictionary<string, double[]> state = [];
        method.Save(state);
        ReinforceAdvantage resumed = new(options);
        resumed.Load(state);
        Assert.Equal(Compute(method, 0.3f, 1), Compute(resumed, 0.3f, 1));
        Assert.Equal(method.MovingAverage, resumed.MovingAverage);
    }

    [Fact]
    public void Greedy_baseline_is_that_of_the_prompt()
    {
        PathBatch batch = Batches.WithRewards(1, 0);
        batch.GreedyRewards[0] = 0.25f;
        ReinforceAdvantage method = new(new ReinforceOptions { Baseline = RewardBaseline.Greedy });
        method.Compute(batch);
        Assert.Equal([0.75f, -0.25f], batch.Advantage.ToArray());
        Assert.Equal(Requirements.GreedyBaseline, method.Requirements);
        new ReMaxAdvantage().Compute(batch);
        Assert.Equal([0.75f, -0.25f], batch.Advantage.ToArray());
        batch.GreedyRewards[0] = float.NaN;
        Assert.Throws<NonFiniteException>(() => method.Compute(batch));
        Assert.Throws<NonFiniteException>(() => new ReMaxAdvantage().Compute(batch));
    }

    [Fact]
    public void Non_finite_rewards_are_reported_with_the_method()
    {
        NonFiniteException exception = Assert.Throws<NonFiniteException>(() => Compute(new LeaveOneOutAdvantage(), 1, float.NaN));
        Assert.Equal("Advantages 'rloo' at step 0: reward of path 1 is NaN, expected a finite number", exception.Message);
    }

    private static float[] Compute(IAdvantage method, params float[] rewards)
    {
        PathBatch batch = Batches.WithRewards(rewards);
        method.Compute(batch);
        return batch.Advantage.ToArray();
    }

    private static IEnumerable<float[]> RandomGroups()
    {
        RandomStream random = new(1, RandomPurpose.User);
        return Enumerable.Range(0, 50).Select(k => Enumerable.Range(0, 2 + (k % 7)).Select(i => (float)random.Normal((100 * k) + i)).ToArray());
    }

    private static void AssertClose(float[] expected, float[] actual, float tolerance = 1e-6f)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
