using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Models.Generation;
using Proximal.Objectives;
using Proximal.Ratios;
using Proximal.Recipes;
using Proximal.Regularizers;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tests.Objectives;

namespace Proximal.Tests.Clipping;

public sealed class GppoTests
{
    private static readonly GppoClippingOptions Options = new();

    [Theory]
    [InlineData(1, 2, 1.28)]
    [InlineData(-1, 0.5, 0.8)]
    [InlineData(1, 0.5, 0.5)]
    [InlineData(-1, 2, 2)]
    public void Gradient_coefficients_follow_the_table(float advantage, float ratio, double expected) =>
        Assert.Equal(expected, Coefficient(ratio, advantage, Options), 1e-6);

    [Fact]
    public void The_loss_is_that_of_ppo_for_every_input()
    {
        foreach (float advantage in new[] { -2f, -1, 0, 0.5f, 1 })
        {
            for (float ratio = 0.05f; ratio < 6; ratio += 0.05f)
            {
                foreach (float dual in new[] { 0f, 3 })
                {
                    Assert.Equal(
                        PpoClipping.Token(ratio, advantage, 0.2f, 0.28f, dual).Loss,
                        GppoClipping.Token(ratio, advantage, Options with { DualClip = dual }).Loss);
                }
            }
        }
    }

    [Fact]
    public void Is_ppo_on_policy_and_without_gains()
    {
        Assert.Equal(PpoClipping.Token(1, -0.7f, 0.2f, 0.28f, 0), GppoClipping.Token(1, -0.7f, Options));
        GppoClippingOptions none = Options with { LowGain = 0, HighGain = 0 };
        Assert.Equal(0, GppoClipping.Token(2, 1, none).RatioGradient);
        Assert.Equal(0, GppoClipping.Token(0.5f, -1, none).RatioGradient);
    }

    [Fact]
    public void Gains_multiply_the_losses_at_the_boundary()
    {
        GppoClippingOptions gains = Options with { LowGain = 0.5, HighGain = 2 };
        Assert.Equal(2.56, Coefficient(2, 1, gains), 1e-6);
        Assert.Equal(0.4, Coefficient(0.5f, -1, gains), 1e-6);
        Assert.Equal(-2.56, GppoClipping.Token(2, 1, gains).Loss, 1e-6);
    }

    [Theory]
    [InlineData("token-mean")]
    [InlineData("seq-mean-token-mean")]
    [InlineData("seq-mean-token-sum")]
    public void The_supervised_term_is_a_mean_over_the_tokens_of_correct_rollouts_whatever_the_aggregation(string aggregation)
    {
        PathBatch batch = Batches.Random(7);
        batch.Scores.Clear();
        batch.Scores[1] = batch.Scores[6] = 1;
        batch.Advantage.Clear();
        double sum = 0, count = 0;
        foreach (int path in new[] { 1, 6 })
        {
            for (int t = batch.PathOffsets[path]; t < batch.PathOffsets[path + 1]; t++)
            {
                sum += batch.Mask[t] * batch.Current[t];
                count += batch.Mask[t];
            }
        }

        float[] gradient = new float[batch.TokenCount];
        PolicyObjective objective = Create(aggregation, 0.5);
        Assert.Equal(-0.5 * sum / count, objective.Evaluate(batch, PolicyObjectiveTests.Gradients(gradient)).Loss, 1e-5);
        for (int t = 0; t < gradient.Length; t++)
        {
            bool correct = (t >= batch.PathOffsets[1] && t < batch.PathOffsets[2]) || (t >= batch.PathOffsets[6] && t < batch.PathOffsets[7]);
            Assert.Equal(correct ? -0.5 * batch.Mask[t] / count : 0, gradient[t], 1e-6);
        }
    }

    [Fact]
    public void The_supervised_term_of_parts_is_that_of_the_whole()
    {
        PathBatch batch = Batches.Random(8);
        batch.Scores.Fill(1);
        PolicyObjective objective = Create("seq-mean-token-mean", 0.1);
        double whole = objective.Evaluate(batch, ObjectiveGradients.Allocate(batch.TokenCount)).Loss, parts = 0;
        objective.Prepare(batch);
        for (int group = 0; group < batch.GroupCount; group++)
        {
            PathBatch part = batch.Groups(group, group + 1);
            parts += objective.EvaluatePart(part, batch.PathOffsets[batch.GroupOffsets[group]], ObjectiveGradients.Allocate(part.TokenCount));
        }

        Assert.Equal(whole, parts, 1e-6);
    }

    [Fact]
    public void Without_correct_rollouts_or_with_coefficient_zero_there_is_no_supervised_term()
    {
        PathBatch batch = Batches.Random(9);
        batch.Advantage.Clear();
        Assert.Equal(0, Create("token-mean", 0.1).Evaluate(batch, ObjectiveGradients.Allocate(batch.TokenCount)).Loss);
        batch.Scores.Fill(1);
        Assert.Equal(0, Create("token-mean", 0).Evaluate(batch, ObjectiveGradients.Allocate(batch.TokenCount)).Loss);
    }

    [Fact]
    public void The_share_of_passed_tests_is_the_reward()
    {
        Trajectory trajectory = new()
        {
            Instance = new TaskInstance { Family = "test", Split = TaskSplit.Train, Index = 0, Key = "", Prompt = "", Answer = "" },
            Tree = new TokenTree([1]),
            Leaf = 0,
            Response = "",
            ResponseTokens = 0,
            ResponseBudget = 1,
            End = EndReason.Finished,
            Verdict = new Verdict { Parsed = true, Score = 4 / 16.0 },
        };
        Assert.Equal(0.25f, RewardModule.Score.Create(NoOptions.Schema.CreateDefaults()).Score(trajectory));
    }

    private static double Coefficient(float ratio, float advantage, GppoClippingOptions options) =>
        -GppoClipping.Token(ratio, advantage, options).RatioGradient * ratio / advantage;

    private static PolicyObjective Create(string aggregation, double coefficient) => new(
        new TokenRatio(),
        null,
        new GppoClipping(Options),
        [new CorrectLikelihood(new CorrectLikelihoodOptions { Coefficient = coefficient })],
        aggregation switch
        {
            "token-mean" => MeanAggregation.TokenMean(),
            "seq-mean-token-sum" => MeanAggregation.SequenceMeanTokenSum(),
            _ => MeanAggregation.SequenceMeanTokenMean(),
        });
}
