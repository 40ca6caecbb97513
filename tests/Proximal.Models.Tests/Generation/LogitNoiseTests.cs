using Proximal.Models.Generation;
using Proximal.Tensors.Random;

namespace Proximal.Models.Tests.Generation;

public sealed class LogitNoiseTests
{
    private const int Draws = 20_000;

    [Fact]
    public void The_recorded_probability_is_the_one_that_was_drawn_from()
    {
        TokenSampler sampler = new(new SamplingOptions { LogitNoise = 0.7 });
        RandomStream random = new(1, RandomPurpose.Sampling);
        double inverse = 0, variance = 0;
        for (int position = 0; position < Draws; position++)
        {
            int token = sampler.Sample([0, 0], random, position, out double logProb);
            double logit = (token == 0 ? 1 : -1) * (logProb - Math.Log(1 - Math.Exp(logProb)));
            inverse += Math.Exp(-logProb) / Draws;
            variance += logit * logit / Draws;
        }

        // E_{a~μ}[1/μ(a)] is the number of tokens, and the difference of two noisy logits has twice the variance of one.
        Assert.Equal(2, inverse, 0.03);
        Assert.Equal(2 * 0.49, variance, 0.03);
    }

    [Fact]
    public void Without_noise_a_position_draws_what_its_uniform_number_says()
    {
        TokenSampler plain = new(new SamplingOptions());
        RandomStream random = new(2, RandomPurpose.Sampling);
        for (int position = 0; position < 50; position++)
        {
            Assert.Equal(plain.Sample([0.3f, -1, 2], random.Uniform(position), out _), plain.Sample([0.3f, -1, 2], random, position, out _));
        }
    }

    [Fact]
    public void A_noisy_distribution_is_not_the_models_own() => Assert.False(new SamplingOptions { LogitNoise = 0.1 }.IsModelDistribution);
}
