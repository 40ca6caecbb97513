using Proximal.Advantages;
using Proximal.Rewards;

namespace Proximal.Tests.Rewards;

public sealed class FlawedPositiveRewardTests
{
    [Theory]
    [InlineData(2, 2, 4, 1.410190, 0.282038, -0.846114)]
    [InlineData(5, 2, 1, 0.661438, -0.661438, -1.984313)]
    public void The_group_decides_what_a_flawed_answer_is_worth(int clean, int flawed, int wrong, double cleanAdvantage, double flawedAdvantage, double wrongAdvantage)
    {
        float[] advantages = Advantages(clean, flawed, wrong, 1);
        Assert.Equal(cleanAdvantage, advantages[0], 5);
        Assert.Equal(flawedAdvantage, advantages[clean], 5);
        Assert.Equal(wrongAdvantage, advantages[^1], 5);
    }

    [Fact]
    public void The_sign_of_a_flawed_answer_is_that_of_wrong_minus_clean()
    {
        for (int clean = 0; clean <= 7; clean++)
        {
            for (int flawed = 1; flawed <= 8 - clean; flawed++)
            {
                int wrong = 8 - clean - flawed;
                Assert.Equal(Math.Sign(wrong - clean), Math.Sign(Math.Round(Advantages(clean, flawed, wrong, 1)[clean], 6)));
            }
        }
    }

    [Fact]
    public void Without_a_penalty_the_reward_is_plain()
    {
        Assert.Equal(1, FlawedPositiveReward.Compute(true, true, 0));
        Assert.Equal(1, FlawedPositiveReward.Compute(true, false, 0));
        Assert.Equal(-1, FlawedPositiveReward.Compute(false, true, 0));
        Assert.Equal(-1, FlawedPositiveReward.Compute(true, true, 2));
        Assert.Equal(-1, FlawedPositiveReward.Compute(false, false, 1));
    }

    [Theory]
    [InlineData(4, 4, 1)]
    [InlineData(7, 4, 0.7)]
    [InlineData(-1, 4, -1)]
    [InlineData(3, -1, -1)]
    [InlineData(-1, -1, 1)]
    [InlineData(10, 4, -1)]
    [InlineData(-2, -1, -1)]
    [InlineData(null, 4, -1)]
    public void A_detector_is_paid_by_how_near_it_comes(int? predicted, int actual, double expected) =>
        Assert.Equal(expected, FlawedPositiveReward.Detection(predicted, actual, 10), 12);

    private static float[] Advantages(int clean, int flawed, int wrong, double penalty)
    {
        float[] rewards =
        [
            .. Enumerable.Repeat((float)FlawedPositiveReward.Compute(true, false, penalty), clean),
            .. Enumerable.Repeat((float)FlawedPositiveReward.Compute(true, true, penalty), flawed),
            .. Enumerable.Repeat((float)FlawedPositiveReward.Compute(false, true, penalty), wrong),
        ];
        float[] advantages = new float[rewards.Length];
        GroupRelativeAdvantage.Compute(rewards, advantages, GroupNormalization.SampleDeviation, 1e-6);
        return advantages;
    }
}
