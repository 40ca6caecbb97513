using Proximal.Advantages;
using Proximal.Rollouts;
using Proximal.Tasks.Bandits;
using Proximal.Tensors.Random;

namespace Proximal.Tests.Tasks;

public sealed class TabularBanditTests
{
    [Fact]
    public void A_baseline_takes_the_variance_of_two_arms_away()
    {
        TabularBandit bandit = new([0, 0], [1, 0]);
        Assert.Equal([0.25, -0.25], bandit.Gradient());
        Assert.Equal([0.5, -0.5], bandit.Estimate([0], Baseline(0)));
        Assert.Equal([0, 0], bandit.Estimate([1], Baseline(0)).Select(Math.Abs));
        Assert.Equal([0.25, -0.25], bandit.Estimate([0], Baseline(0.5)));
        Assert.Equal([0.25, -0.25], bandit.Estimate([1], Baseline(0.5)));

        // 0.0625 for each of the two parameters.
        Assert.Equal(0.125, bandit.Moments(Baseline(0), 1).Variance, 1e-12);
        Assert.Equal(0, bandit.Moments(Baseline(0.5), 1).Variance, 1e-12);
        Assert.Equal(0.5, bandit.OptimalBaseline, 1e-12);
    }

    [Fact]
    public void A_constant_on_all_rewards_leaves_the_expected_gradient()
    {
        double[] logits = [0.3, -1, 0.8], rewards = [1, 0.2, 0];
        TabularBandit bandit = new(logits, rewards), shifted = new(logits, [.. rewards.Select(r => r + 5)]);
        AssertClose(bandit.Gradient(), shifted.Gradient());
        AssertClose(bandit.Gradient(), bandit.Moments(Baseline(0), 2).Mean);
        AssertClose(bandit.Gradient(), shifted.Moments(Baseline(0), 2).Mean);
    }

    [Fact]
    public void Detached_importance_weights_give_the_gradient_of_the_target()
    {
        TabularBandit target = new([Math.Log(0.8), Math.Log(0.2)], [1, 0.25]), behaviour = new([0, 0], [1, 0.25]);
        double[] policy = target.Probabilities(), sampler = behaviour.Probabilities(), expected = new double[2];
        for (int arm = 0; arm < 2; arm++)
        {
            double weight = policy[arm] / sampler[arm];
            double[] estimate = target.Estimate([arm], (_, rewards, advantages) => advantages[0] = (float)(weight * rewards[0]));
            expected[0] += sampler[arm] * estimate[0];
            expected[1] += sampler[arm] * estimate[1];
        }

        AssertClose(target.Gradient(), expected, 1e-6);
    }

    [Fact]
    public void The_optimal_baseline_has_the_least_variance()
    {
        RandomStream random = new(8, RandomPurpose.User);
        for (int k = 0; k < 20; k++)
        {
            double[] logits = [.. Enumerable.Range(0, 8).Select(i => 1.5 * random.Normal((100 * k) + i))], rewards = [.. Enumerable.Range(0, 8).Select(i => random.Uniform((100 * k) + 50 + i))];
            TabularBandit bandit = new(logits, rewards);
            double none = Variance(Baseline(0)), mean = Variance(Baseline(bandit.ExpectedReward)), best = Variance(Baseline(bandit.OptimalBaseline));
            Assert.True(best <= mean + 1e-9 && best <= none + 1e-9);
            Assert.True(best < Variance(Baseline(bandit.OptimalBaseline + 0.1)) && best < Variance(Baseline(bandit.OptimalBaseline - 0.1)));
            Assert.True(best < Variance((_, r, a) => LeaveOneOutAdvantage.Compute(r, a)));
            AssertClose(bandit.Gradient(), bandit.Moments((_, r, a) => LeaveOneOutAdvantage.Compute(r, a), 3).Mean, 1e-6);

            double Variance(TabularBandit.GroupAdvantage advantage) => bandit.Moments(advantage, 3).Variance;
        }
    }

    [Fact]
    public void Exact_numbers_of_a_small_bandit()
    {
        TabularBandit bandit = new([Math.Log(0.5), Math.Log(0.3), Math.Log(0.2), double.NegativeInfinity], [1, 0, 0, 1]);
        AssertClose([0.5, 0.3, 0.2, 0], bandit.Probabilities());
        Assert.Equal(0.5, bandit.ExpectedReward, 1e-12);
        Assert.Equal(0.875, bandit.PassAt(3), 1e-12);
        int[] counts = new int[4];
        for (int i = 0; i < 10_000; i++)
        {
            counts[bandit.Sample(new RandomStream(1, RandomPurpose.User), i)]++;
        }

        AssertClose([0.5, 0.3, 0.2, 0], [.. counts.Select(c => c / 10_000.0)], 0.02);
        Assert.Throws<ArgumentOutOfRangeException>(() => bandit.Moments(Baseline(0), 30));
        Assert.Throws<ArgumentException>(() => new TabularBandit([1], [1, 2]));
    }

    internal static TabularBandit.GroupAdvantage Baseline(double baseline) => (_, rewards, advantages) =>
    {
        for (int i = 0; i < rewards.Length; i++)
        {
            advantages[i] = (float)(rewards[i] - baseline);
        }
    };

    private static void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance = 1e-7) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
}
