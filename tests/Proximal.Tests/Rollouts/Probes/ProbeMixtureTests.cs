using Proximal.Rollouts.Probes;
using Proximal.Tensors.Random;

namespace Proximal.Tests.Rollouts.Probes;

public sealed class ProbeMixtureTests
{
    [Fact]
    public void The_worked_example_has_its_numbers()
    {
        // Prefix (.5, .4), a probe of probability .01 with three ways on in the pool, and a continuation of .3.
        float[] old = Logs(0.5, 0.4, 0.01, 0.3), mixed = new float[4];
        ProbeMixture.Clone(old, [1, 1, 1, 1], 2, [1.0 / 3], share: 0.2, failure: 0.25, mixed);

        Assert.Equal(0.6, Math.Exp(mixed[0]), 1e-6);
        Assert.Equal(0.48, Math.Exp(mixed[1]), 1e-6);
        Assert.Equal(0.0746667, Math.Exp(mixed[2]), 1e-7);
        Assert.Equal(0.133929, 0.01 / Math.Exp(mixed[2]), 1e-6);
        Assert.Equal(old[3], mixed[3]);
    }

    [Fact]
    public void A_token_of_the_policy_itself_has_ratio_one_by_one_minus_alpha()
    {
        float[] old = Logs(0.5, 0.1, 1), mixed = new float[3];
        ProbeMixture.Original(old, 0.2, mixed);

        Assert.All(old.Zip(mixed), pair => Assert.Equal(1.25, Math.Exp(pair.First - pair.Second), 1e-6));
    }

    [Fact]
    public void Without_clones_the_mixture_is_the_policy_to_the_bit()
    {
        float[] old = Logs(0.5, 0.123, 0.9), mixed = new float[3];
        ProbeMixture.Original(old, ProbeMixture.Share(0, 20), mixed);

        Assert.Equal(old, mixed);
        Assert.Equal(0, ProbeMixture.Share(0, 20));
    }

    [Fact]
    public void The_prefix_is_the_policy_on_condition_that_it_failed()
    {
        RandomStream random = new(7, RandomPurpose.User);
        float[] old = [.. Enumerable.Range(0, 12).Select(i => (float)Math.Log(random.Uniform(i)))], mixed = new float[12];

        // With nothing but clones b is μ; observations among the prefix are left out.
        float[] mask = [1, 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1];
        ProbeMixture.Clone(old, mask, 9, [1.0], share: 1, failure: 0.3, mixed);
        double policy = 0, conditioned = 0;
        for (int t = 0; t < 9; t++)
        {
            policy += mask[t] * old[t];
            conditioned += mask[t] * mixed[t];
        }

        Assert.Equal(policy - Math.Log(0.3), conditioned, 1e-5);
        Assert.Equal(old[2], mixed[2]);
    }

    [Fact]
    public void A_probe_at_the_very_beginning_has_no_prefix()
    {
        float[] old = Logs(0.2, 0.01, 0.5), mixed = new float[3];
        ProbeMixture.Clone(old, [0, 1, 1], 1, [0.5], share: 0.1, failure: 1, mixed);

        Assert.Equal(old[0], mixed[0]);
        Assert.Equal((0.9 * 0.01) + (0.1 * 0.5), Math.Exp(mixed[1]), 1e-6);
        Assert.Equal(old[2], mixed[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => ProbeMixture.Clone([0], [1], 0, [1], 0.1, failure: 0, new float[1]));
    }

    [Theory]
    [InlineData(4, 5, 0.08, 1)]
    [InlineData(4, 5, 0.049, 0)]
    [InlineData(4, 5, 0, 0)]
    [InlineData(16, 8, 0.12, 15)]
    public void As_many_clones_are_kept_as_the_budget_says(int prompts, int rollouts, double kappa, int clones)
    {
        Assert.Equal(clones, ProbeMixture.Budget(prompts * rollouts, kappa));
    }

    private static float[] Logs(params double[] probabilities) => [.. probabilities.Select(p => (float)Math.Log(p))];
}
