using Proximal.Advantages;
using Proximal.Recipes;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Tasks.Bandits;
using Proximal.Tests.Rollouts;

namespace Proximal.Tests.Rewards;

public sealed class NoisyVerifierTests
{
    private static readonly NoiseCorrectionOptions Rates = new() { FalsePositives = [0.1], FalseNegatives = [0.2] };

    [Fact]
    public void Backward_correction_is_unbiased()
    {
        double right = NoiseCorrection.Backward(1, 0.1, 0.2), wrong = NoiseCorrection.Backward(0, 0.1, 0.2);
        Assert.Equal(1.285714, right, 1e-6);
        Assert.Equal(-0.142857, wrong, 1e-6);
        Assert.Equal(1, (0.8 * right) + (0.2 * wrong), 1e-12);
        Assert.Equal(0, (0.1 * right) + (0.9 * wrong), 1e-12);
        Assert.Equal(5, NoiseCorrection.Backward(1, 0.5, 0.5), 1e-12);
    }

    [Fact]
    public void Forward_weights_are_clean_up_to_a_factor()
    {
        double right = ForwardCorrectionAdvantage.Weight(true, 0.2), wrong = ForwardCorrectionAdvantage.Weight(false, 0.2);
        Assert.Equal((0.2, -0.8), (right, wrong));
        Assert.Equal(0, (0.8 * right) + (0.2 * wrong), 1e-12);
        Assert.Equal(-0.7, (0.1 * right) + (0.9 * wrong), 1e-12);
    }

    [Fact]
    public void Expected_gradients_of_a_bandit_are_clean_after_correction()
    {
        double[] logits = [0.2, -0.5, 0.9], clean = [1, 0, 1];
        TabularBandit bandit = new(logits, clean);
        double[] backward = Mean(r => NoiseCorrection.Backward(r, 0.1, 0.2)), forward = Mean(r => ForwardCorrectionAdvantage.Weight(r > 0.5, 0.2));
        for (int arm = 0; arm < 3; arm++)
        {
            Assert.Equal(bandit.Gradient()[arm], backward[arm], 1e-6);
            Assert.Equal(0.7 * bandit.Gradient()[arm], forward[arm], 1e-6);
        }

        // A reward that a noisy verifier turns over has the mean of its correction.
        double[] Mean(Func<double, double> correct) =>
            new TabularBandit(logits, [.. clean.Select(r => r == 1 ? (0.8 * correct(1)) + (0.2 * correct(0)) : (0.1 * correct(1)) + (0.9 * correct(0)))]).Gradient();
    }

    [Fact]
    public void Without_noise_rewards_stay_and_forward_is_negative_reinforcement()
    {
        NoiseCorrectionOptions none = new() { FalsePositives = [0], FalseNegatives = [0] };
        PathBatch batch = Batches.WithGroups([1, 0, 0.5f]);
        new NoiseCorrection(none).Shape(batch);
        Assert.Equal([1, 0, 0.5f], batch.Rewards.ToArray());
        new NoisyVerifier(none).Shape(batch);
        Assert.Equal([1, 0, 0.5f], batch.Rewards.ToArray());
        new ForwardCorrectionAdvantage(none).Compute(batch);
        Assert.Equal([0, -1, -1], batch.Advantage.ToArray());
        new ForwardCorrectionAdvantage(none with { Centre = true }).Compute(batch);
        Assert.All(batch.Advantage.ToArray().Zip([2f / 3, -1f / 3, -1f / 3]), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
        TabularBandit bandit = new([0.2, -0.5], [1, 0]);
        double[] forward = bandit.Moments((_, r, a) => a[0] = (float)ForwardCorrectionAdvantage.Weight(r[0] > 0.5f, 0), 1).Mean.ToArray();
        Assert.Equal(bandit.Gradient()[0], forward[0], 1e-9);
    }

    [Fact]
    public void Standardizing_the_group_undoes_the_backward_correction()
    {
        GroupRelativeAdvantage grpo = new(new GroupRelativeOptions { Epsilon = 0 });
        PathBatch noisy = Batches.WithGroups([1, 0, 0, 1, 1]), corrected = Batches.WithGroups([1, 0, 0, 1, 1]);
        new NoiseCorrection(Rates).Shape(corrected);
        grpo.Compute(noisy);
        grpo.Compute(corrected);
        Assert.All(noisy.Advantage.ToArray().Zip(corrected.Advantage.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Appeals_estimate_the_rate_of_false_negatives()
    {
        Assert.Equal(12.0 / 44, AppealEstimator.Estimate(60, 32, 20, 4, 0)!.Value, 1e-12);
        Assert.Equal(12 / (12 + 32 - (0.1 * 48 / 0.9)), AppealEstimator.Estimate(60, 32, 20, 4, 0.1)!.Value, 1e-12);
        Assert.Null(AppealEstimator.Estimate(60, 32, 0, 0, 0));
        Assert.Null(AppealEstimator.Estimate(60, 0, 20, 0, 0));
        Assert.Equal(0, AppealEstimator.Estimate(0, 8, 0, 0, 0));
    }

    [Fact]
    public void The_estimate_follows_the_noise_and_survives_a_restart()
    {
        NoiseCorrectionOptions options = new() { FalsePositives = [0], FalseNegatives = [0], Appeals = 1 };
        AppealEstimator estimator = new(options);
        NoisyVerifier noise = new(new VerifierRates { FalsePositives = [0], FalseNegatives = [0.3] });
        for (int step = 0; step < 60; step++)
        {
            PathBatch batch = Batches.WithGroups([.. Enumerable.Range(0, 20).Select(_ => new float[] { 1, 1, 1, 0, 0 })]);
            batch.Step = step;
            noise.Shape(batch);
            estimator.Hear(batch);
        }

        Assert.Equal(0.3, estimator.FalseNegative(0), 0.04);
        Dictionary<string, double[]> state = [];
        estimator.Save(state);
        AppealEstimator resumed = new(options);
        resumed.Load(state);
        Assert.Equal(estimator.FalseNegative(0), resumed.FalseNegative(0));
    }

    [Fact]
    public void Overturned_answers_get_their_reward_back_from_whatever_judge()
    {
        PathBatch batch = Batches.WithGroups([0, 0, 1, 0]);
        new NoiseCorrection(new NoiseCorrectionOptions { FalsePositives = [0], FalseNegatives = [0], Appeals = 1, Decay = 1, Restore = true }, (_, path) => path == 1).Shape(batch);
        Assert.Equal([0, 1, 1, 0], batch.Rewards.ToArray());
        Assert.Equal([0, 1, 1, 0], batch.TokenReward.ToArray());
    }

    [Fact]
    public void Flips_have_their_rates_and_depend_on_seed_step_prompt_and_rollout_alone()
    {
        NoisyVerifier noise = new(new VerifierRates { FalsePositives = [0.1], FalseNegatives = [0.3] });
        float[][] groups = [.. Enumerable.Range(0, 500).Select(_ => new float[] { 1, 1, 0, 0 })];
        PathBatch batch = Batches.WithGroups(groups), again = Batches.WithGroups(groups);
        (batch.Seed, again.Seed) = (7, 7);
        noise.Shape(batch);
        noise.Shape(again);
        Assert.Equal(batch.Rewards.ToArray(), again.Rewards.ToArray());
        Assert.Equal(batch.TokenReward.ToArray(), again.TokenReward.ToArray());
        float[][] after = [.. batch.Rewards.ToArray().Chunk(4)];
        Assert.Equal(0.7, after.Average(group => group[..2].Average()), 0.04);
        Assert.Equal(0.1, after.Average(group => group[2..].Average()), 0.03);
        Assert.Equal(groups.SelectMany(group => group), batch.Scores.ToArray());
        again.Step = 1;
        noise.Shape(again);
        Assert.NotEqual(batch.Rewards.ToArray(), again.Rewards.ToArray());
    }

    [Fact]
    public void Classes_of_prompts_have_their_own_rates()
    {
        VerifierRates rates = new() { FalsePositives = [0, 1], FalseNegatives = [0] };
        PathBatch batch = TestTrajectories.Attach(Batches.WithGroups([.. Enumerable.Range(0, 40).Select(_ => new float[] { 1, 0 })]), key: path => $"prompt {path / 2}");
        new NoisyVerifier(rates).Shape(batch);
        for (int group = 0; group < 40; group++)
        {
            Assert.Equal((1f, (float)rates.ClassOf(batch, group)), (batch.Rewards[2 * group], batch.Rewards[(2 * group) + 1]));
        }

        Assert.Equal([0, 1], Enumerable.Range(0, 40).Select(group => rates.ClassOf(batch, group)).Distinct().Order());
        Assert.Equal("'false-negatives' has 3 rates, expected 1 or as many as 'false-positives' (2)", VerifierRates.Schema.FindFault(new VerifierRates { FalsePositives = [0, 1], FalseNegatives = [0, 0, 0] }));
        Assert.Equal("'false-positives' has 2, expected 0 to 1", NoisyVerifier.Definition.Options.FindFault(new VerifierRates { FalsePositives = [2] }));
        Assert.Equal("'false-negatives' has 0 rates, expected 1 to 1024", NoiseCorrection.Definition.Options.FindFault(Rates with { FalseNegatives = [] }));
    }
}
