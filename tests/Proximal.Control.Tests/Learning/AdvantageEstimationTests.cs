using Proximal.Control.Learning;
using Xunit;

namespace Proximal.Control.Tests.Learning;

public sealed class AdvantageEstimationTests
{
    private static readonly float[] Rewards = [1, 1, 1], Values = [0.5f, 0.6f, 0.7f];
    private static readonly bool[] NoneEnded = new bool[3];

    [Fact]
    public void Generalized_advantages_are_those_of_the_worked_example()
    {
        float[] advantages = new float[3];
        AdvantageEstimation.Generalized(Rewards, Values, NoneEnded, [0.8f], 0.99, 0.95, advantages);
        Assert.Equal(3.087884, advantages[0], 1e-6);
        Assert.Equal(2.120026, advantages[1], 1e-6);
        Assert.Equal(1.092, advantages[2], 1e-6);
    }

    [Fact]
    public void Lambda_one_is_the_discounted_return_minus_the_value()
    {
        float[] advantages = new float[3], returns = new float[3];
        AdvantageEstimation.Generalized(Rewards, Values, NoneEnded, [0.8f], 0.9, 1, advantages);
        AdvantageEstimation.Returns(Rewards, NoneEnded, [0.8f], 0.9, returns);
        Assert.Equal(1 + 0.9 + 0.81 + (0.729 * 0.8), returns[0], 1e-6);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(returns[i] - Values[i], advantages[i], 1e-6);
        }
    }

    [Fact]
    public void Lambda_zero_is_the_one_step_temporal_difference()
    {
        float[] advantages = new float[3];
        AdvantageEstimation.Generalized(Rewards, Values, NoneEnded, [0.8f], 0.9, 0, advantages);
        Assert.Equal(1 + (0.9 * 0.6) - 0.5, advantages[0], 1e-6);
        Assert.Equal(1 + (0.9 * 0.7) - 0.6, advantages[1], 1e-6);
        Assert.Equal(1 + (0.9 * 0.8) - 0.7, advantages[2], 1e-6);
    }

    [Fact]
    public void Nothing_passes_the_end_of_an_episode_and_copies_do_not_mix()
    {
        // Two copies side by side; the first ends after its first step.
        float[] rewards = [1, 5, 2, 6], values = [0.1f, 0.2f, 0.3f, 0.4f], advantages = new float[4];
        AdvantageEstimation.Generalized(rewards, values, [true, false, false, false], [10, 20], 0.5, 0.5, advantages);
        Assert.Equal(1 - 0.1, advantages[0], 1e-6);
        Assert.Equal(2 + 5 - 0.3, advantages[2], 1e-6);
        double last = 6 + 10 - 0.4;
        Assert.Equal(last, advantages[3], 1e-5);
        Assert.Equal(5 + (0.5 * 0.4) - 0.2 + (0.25 * last), advantages[1], 1e-5);
    }

    [Fact]
    public void Normalized_advantages_have_mean_zero_and_sample_deviation_one()
    {
        float[] advantages = [1, 2, 3, 4, 10];
        AdvantageEstimation.Normalize(advantages);
        Assert.Equal(0, advantages.Average(), 1e-6);
        Assert.Equal(1, advantages.Sum(a => a * a) / 4, 1e-5);
    }

    [Fact]
    public void Explained_variance_is_one_for_perfect_values_and_zero_for_constant_ones()
    {
        Assert.Equal(1, AdvantageEstimation.ExplainedVariance([1, 2, 4], [1, 2, 4]));
        Assert.Equal(0, AdvantageEstimation.ExplainedVariance([3, 3, 3], [1, 2, 4]), 1e-12);
        Assert.True(double.IsNaN(AdvantageEstimation.ExplainedVariance([1, 2], [3, 3])));
    }
}
