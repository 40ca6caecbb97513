using Proximal.Advantages;
using Proximal.Rollouts;
using Proximal.Tensors.Random;
using Proximal.Tests.Rollouts;

namespace Proximal.Tests.Advantages;

public sealed class BetaNormalizedTests
{
    [Theory]
    [InlineData(new float[] { 0.25f, 0.5f, 0.75f, 0.5f }, 1.833333, 1.833333)]
    [InlineData(new float[] { 0.125f, 0.25f, 0.25f, 0.375f }, 2.416667, 5.25)]
    [InlineData(new float[] { 0.3f, 0.3f }, 1, 1)]
    [InlineData(new float[] { 0.3f }, 1, 1)]
    [InlineData(new float[] { 0, 1, 0, 1 }, 1, 1)]
    public void The_fit_matches_the_moments_of_the_pass_rates(float[] rates, double alpha, double beta)
    {
        (double a, double b) = BetaNormalizedAdvantage.Fit(rates);
        Assert.Equal((alpha, beta), (Math.Round(a, 6), Math.Round(b, 6)));
    }

    [Theory]
    [InlineData(0.25, 1.8333333333333333, 1.8333333333333333, 1.123800)]
    [InlineData(0.5, 1.8333333333333333, 1.8333333333333333, 1.428251)]
    [InlineData(0.125, 2.4166666666666667, 5.25, 1.747554)]
    [InlineData(0.25, 2.4166666666666667, 5.25, 2.423069)]
    [InlineData(0.375, 2.4166666666666667, 5.25, 1.982933)]
    [InlineData(0.25, 1.5, 1.5, 1.102658)]
    public void The_density_is_that_of_the_beta_distribution(double p, double alpha, double beta, double density) =>
        Assert.Equal(density, BetaNormalizedAdvantage.Density(p, alpha, beta), 1e-6);

    [Fact]
    public void Centred_rewards_are_divided_by_the_density_at_the_pass_rate()
    {
        float[] advantage = Compute(new BetaNormalizedAdvantage(new()), [1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0], [1, 1, 0, 0]);
        Assert.Equal(0.667379, advantage[0], 1e-6);
        Assert.Equal(-0.222460, advantage[1], 1e-6);
    }

    [Fact]
    public void A_constant_density_centres_only()
    {
        float[] rewards = [1, 0, 0, 0], advantage = new float[4];
        BetaNormalizedAdvantage.Compute(rewards, [0, 4], 1, 1, advantage);
        Assert.Equal([0.75f, -0.25f, -0.25f, -0.25f], advantage);
    }

    [Fact]
    public void The_density_of_three_halves_is_grpo_with_the_population_deviation_times_a_constant()
    {
        for (int right = 1; right < 8; right++)
        {
            float[] rewards = [.. Enumerable.Range(0, 8).Select(i => i < right ? 1f : 0)], advantage = new float[8], grpo = new float[8];
            BetaNormalizedAdvantage.Compute(rewards, [0, 8], 1.5, 1.5, advantage);
            GroupRelativeAdvantage.Compute(rewards, grpo, GroupNormalization.PopulationDeviation, 0);
            Assert.All(grpo.Zip(advantage), pair => Assert.Equal(Math.PI / 8 * pair.First, pair.Second, 1e-6));
        }
    }

    [Fact]
    public void Groups_sum_to_zero_and_groups_of_equal_rewards_are_exactly_zero()
    {
        RandomStream random = new(5, RandomPurpose.User);
        for (int round = 0; round < 30; round++)
        {
            float[][] groups = [.. Enumerable.Range(0, 6).Select(g => Enumerable.Range(0, 8).Select(i => random.Uniform((1000 * round) + (8 * g) + i) < g / 5.0 ? 1f : 0).ToArray())];
            float[] advantage = Compute(new BetaNormalizedAdvantage(new()), groups);
            Assert.All(advantage, a => Assert.True(float.IsFinite(a)));
            Assert.All(advantage.Chunk(8), group => Assert.Equal(0, group.Sum(), 1e-3f * (1 + group.Max())));
            Assert.All(advantage[..8], a => Assert.Equal(0, a));
            Assert.All(advantage[^8..], a => Assert.Equal(0, a));
        }
    }

    [Fact]
    public void Other_ranges_are_mapped_and_rewards_outside_are_refused()
    {
        BetaNormalizedAdvantage shifted = new(new BetaNormalizedOptions { Minimum = -1, Maximum = 1 });
        Assert.Equal(Compute(new BetaNormalizedAdvantage(new()), [1, 0, 0], [1, 1, 0]), Compute(shifted, [1, -1, -1], [1, 1, -1]));
        string message = Assert.Throws<InvalidDataException>(() => Compute(shifted, [1, 2, 0])).Message;
        Assert.Equal("'bnpo' at step 0: the reward of path 1 is 2, expected -1 to 1; set 'minimum' and 'maximum'.", message);
    }

    [Fact]
    public void Terms_are_normalized_one_by_one_and_averaged()
    {
        float[][] accuracy = [[1, 0, 0, 0], [1, 1, 0, 0]], format = [[1, 1, 1, 0], [0, 1, 1, 1]];
        PathBatch batch = Batches.WithGroups(accuracy);
        TestTrajectories.Attach(batch, terms: path => [("accuracy", accuracy[path / 4][path % 4]), ("format", format[path / 4][path % 4])]);
        BetaNormalizedAdvantage method = new(new BetaNormalizedOptions { Decompose = true });
        method.Compute(batch);
        float[] first = Compute(new BetaNormalizedAdvantage(new()), accuracy), second = Compute(new BetaNormalizedAdvantage(new()), format);
        Assert.All(first.Zip(second, batch.Advantage.ToArray()), three => Assert.Equal((three.First + three.Second) / 2, three.Third, 1e-6f));
        Assert.Equal(["bnpo/alpha-accuracy", "bnpo/beta-accuracy", "bnpo/alpha-format", "bnpo/beta-format"], method.Metrics.Select(metric => metric.Name));
    }

    private static float[] Compute(BetaNormalizedAdvantage method, params float[][] rewards)
    {
        PathBatch batch = Batches.WithGroups(rewards);
        method.Compute(batch);
        return batch.Advantage.ToArray();
    }
}
