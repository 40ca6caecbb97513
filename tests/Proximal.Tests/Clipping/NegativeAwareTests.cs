using Proximal.Advantages;
using Proximal.Clipping;
using Proximal.Objectives;
using Proximal.Rollouts;
using Proximal.Tests.Objectives;

namespace Proximal.Tests.Clipping;

public sealed class NegativeAwareTests
{
    private static readonly NegativeAwareOptions Options = new();

    [Theory]
    [InlineData(0.5, -0.107143)]
    [InlineData(1, -0.25)]
    [InlineData(2, -0.5)]
    [InlineData(3.5, -0.875)]
    public void Coefficients_of_wrong_tokens_follow_the_table(double ratio, double expected) =>
        Assert.Equal(expected, -NegativeAwareFineTuning.Token(Math.Log(ratio), false, 0.25, Options).Gradient, 1e-6);

    [Theory]
    [InlineData(2, -0.75)]
    [InlineData(3.5, -5.25)]
    public void Without_the_floor_wrong_tokens_push_harder(double ratio, double expected) =>
        Assert.Equal(expected, -NegativeAwareFineTuning.Token(Math.Log(ratio), false, 0.25, Options with { Epsilon = 1e-3 }).Gradient, 1e-6);

    [Fact]
    public void The_gradient_of_the_part_that_is_not_clipped_is_that_of_the_loss()
    {
        foreach ((bool correct, double at) in new[] { (true, 0.3), (true, -1.2), (false, -0.4), (false, -2.0) })
        {
            double slope = (NegativeAwareFineTuning.Token(at + 1e-6, correct, 0.4, Options).Loss - NegativeAwareFineTuning.Token(at - 1e-6, correct, 0.4, Options).Loss) / 2e-6;
            Assert.Equal(slope, NegativeAwareFineTuning.Token(at, correct, 0.4, Options).Gradient, 1e-6);
        }
    }

    [Fact]
    public void A_ratio_beyond_one_over_the_pass_rate_stays_finite()
    {
        (double loss, double gradient) = NegativeAwareFineTuning.Token(3, false, 0.5, Options);
        Assert.Equal(0, loss);
        Assert.True(double.IsFinite(gradient));
    }

    [Fact]
    public void On_policy_the_failure_rate_gives_the_gradient_of_dr_grpo()
    {
        PathBatch batch = Graded(spread: 0);
        DrGrpoAdvantage.Create().Compute(batch);
        AssertNear(Gradient(ObjectivePresets.DrGrpo, batch), Gradient(TrustRegionObjectives.Nft, batch));
    }

    [Fact]
    public void On_policy_the_odds_give_the_gradient_of_grpo()
    {
        PathBatch batch = Graded(spread: 0);
        new GroupRelativeAdvantage(new GroupRelativeOptions { Normalization = GroupNormalization.PopulationDeviation, Epsilon = 0 }).Compute(batch);
        float[] grpo = Gradient(ObjectivePresets.DrGrpo, batch);
        NegativeAwareOptions odds = Options with { PromptWeight = PromptWeight.Odds };
        AssertNear(grpo, Gradient(TrustRegionObjectives.Nft with { Clipping = new(NegativeAwareFineTuning.Definition, odds) }, batch));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weight_zero_leaves_correct_responses_alone(bool sequence)
    {
        PathBatch batch = Graded(spread: 0.2);
        NegativeAwareOptions rejection = Options with { NegativeWeight = 0, Sequence = sequence };
        float[] gradient = Gradient(TrustRegionObjectives.Nft with { Clipping = new(NegativeAwareFineTuning.Definition, rejection) }, batch);
        for (int path = 0; path < batch.PathCount; path++)
        {
            foreach (float g in gradient[batch.Path(path)])
            {
                Assert.True(batch.Scores[path] == 1 ? g <= 0 : g == 0);
            }
        }

        Assert.Contains(gradient, g => g < 0);
    }

    [Fact]
    public void The_sequence_version_gives_every_token_the_gradient_of_the_whole_response()
    {
        PathBatch batch = Batches.Create([2, 3]);
        batch.Scores[0] = 1;
        float[] current = [-1, -1.2f, -0.9f, -1, -1.3f];
        current.CopyTo(batch.Current);
        batch.Old.Fill(-1);
        Surrogate surrogate = Surrogate.Allocate(5);
        new NegativeAwareFineTuning(Options with { Sequence = true }).Apply(batch, new float[5], surrogate);
        (double loss, double gradient) = NegativeAwareFineTuning.Token(0.1 - 0.3, false, 0.5, Options);
        Assert.Equal(loss, surrogate.Loss[2] + surrogate.Loss[3] + surrogate.Loss[4], 1e-6);
        for (int t = 2; t < 5; t++)
        {
            Assert.Equal(gradient, surrogate.CurrentGradient[t], 1e-6);
        }
    }

    [Fact]
    public void Groups_that_are_all_right_or_all_wrong_give_nothing()
    {
        PathBatch batch = Batches.Create([2, 2], [1, 1]);
        batch.Scores[2] = batch.Scores[3] = 1;
        Surrogate surrogate = Surrogate.Allocate(6);
        new NegativeAwareFineTuning(Options).Apply(batch, new float[6], surrogate);
        Assert.Equal(new float[6], surrogate.CurrentGradient.ToArray());
    }

    private static PathBatch Graded(double spread)
    {
        PathBatch batch = Batches.Random(11, spread);
        batch.ResetWeights();
        batch.Scores[0] = batch.Scores[3] = batch.Scores[5] = 1;
        batch.Scores.CopyTo(batch.Rewards);
        return batch;
    }

    private static float[] Gradient(ObjectivePreset preset, PathBatch batch)
    {
        float[] gradient = new float[batch.TokenCount];
        preset.CreateObjective().Evaluate(batch, PolicyObjectiveTests.Gradients(gradient));
        return gradient;
    }

    private static void AssertNear(float[] expected, float[] actual)
    {
        Assert.Contains(expected, g => g != 0);
        for (int t = 0; t < expected.Length; t++)
        {
            Assert.Equal(expected[t], actual[t], 1e-6f);
        }
    }
}
