using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Objectives;
using Proximal.Ratios;
using Proximal.Regularizers;
using Proximal.Rollouts;
using Proximal.Tests.Objectives;

namespace Proximal.Tests.Regularizers;

public sealed class LikelihoodDisplacementTests
{
    private static readonly float[] Old = [-1, -2, -0.5f];

    [Fact]
    public void Tokens_that_fell_are_held_up_where_the_response_fell()
    {
        PathBatch batch = Response([-1.2f, -1.7f, -0.9f]);
        float[] gradient = new float[3];
        LikelihoodDisplacement llds = new(new LikelihoodDisplacementOptions { Coefficient = 0.1 });
        double loss = Objective(llds).Evaluate(batch, PolicyObjectiveTests.Gradients(gradient)).Loss;
        Assert.Equal(0.1 * 0.6 / 3, loss, 1e-6);
        AssertNear([-0.1f / 3, 0, -0.1f / 3], gradient);
    }

    [Fact]
    public void The_gate_opens_only_for_a_fall_above_zero_and_advantages_that_are_not_negative()
    {
        float[] penalty = new float[3];
        float[] ones = [1, 1, 1];
        Assert.True(LikelihoodDisplacement.Compute(Old, [-1.2f, -1.7f, -0.9f], [0, 0, 0], ones, ones, penalty));
        AssertNear([0.2f, 0, 0.4f], penalty);
        Assert.False(LikelihoodDisplacement.Compute([-1, -2, -0.5f], [-1.25f, -1.5f, -0.75f], ones, ones, ones, penalty));
        Assert.Equal([0, 0, 0], penalty);
        LikelihoodDisplacement.Compute(Old, [-1.2f, -1.7f, -0.9f], [-1, -1, -1], ones, ones, penalty);
        Assert.Equal([0, 0, 0], penalty);
        Assert.False(LikelihoodDisplacement.Compute(Old, Old, ones, ones, ones, penalty));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void With_coefficient_zero_or_on_policy_it_is_grpo(bool onPolicy)
    {
        PathBatch batch = Batches.Random(4, onPolicy ? 0 : 0.4);
        float[] plain = new float[batch.TokenCount], with = new float[batch.TokenCount];
        double expected = new PolicyObjective(new TokenRatio(), null, new PpoClipping(new()), [], MeanAggregation.SequenceMeanTokenMean())
            .Evaluate(batch, PolicyObjectiveTests.Gradients(plain)).Loss;
        LikelihoodDisplacement llds = new(new LikelihoodDisplacementOptions { Coefficient = onPolicy ? 0.5 : 0 });
        PolicyObjective objective = new(new TokenRatio(), null, new PpoClipping(new()), [llds], MeanAggregation.SequenceMeanTokenMean());
        Assert.Equal(expected, objective.Evaluate(batch, PolicyObjectiveTests.Gradients(with)).Loss, 1e-12);
        Assert.Equal(plain, with);
    }

    [Fact]
    public void The_penalty_is_a_mean_over_all_policy_tokens_whatever_the_aggregation()
    {
        PathBatch batch = Batches.Random(6);
        batch.Advantage.Clear();
        double[] losses =
        [
            .. new[] { MeanAggregation.TokenMean(), MeanAggregation.SequenceMeanTokenMean(), MeanAggregation.SequenceMeanTokenSum() }.Select(aggregation =>
                new PolicyObjective(new TokenRatio(), null, new PpoClipping(new()), [new LikelihoodDisplacement(new())], aggregation)
                    .Evaluate(batch, ObjectiveGradients.Allocate(batch.TokenCount)).Loss),
        ];
        Assert.True(losses[0] > 0);
        Assert.All(losses, loss => Assert.Equal(losses[0], loss, 1e-6));
    }

    [Fact]
    public void With_one_chunk_the_chunk_gate_is_the_response_gate_and_with_two_each_turn_has_its_own()
    {
        PathBatch one = Response([-1.2f, -1.7f, -0.9f]);
        Assert.Equal(Loss(one, LikelihoodGate.Response), Loss(one, LikelihoodGate.Chunk), 1e-9);

        // The first turn fell by 0.3, the second rose by 0.5: the response as a whole rose.
        PathBatch two = Batches.Create([4]);
        float[] mask = [0, 1, 0, 1], current = [0, -1.3f, 0, -0.5f];
        mask.CopyTo(two.Mask);
        current.CopyTo(two.Current);
        two.Old.Fill(-1);
        Assert.Equal(0, Loss(two, LikelihoodGate.Response));
        Assert.Equal(0.1 * 0.3 / 2, Loss(two, LikelihoodGate.Chunk), 1e-6);
    }

    [Theory]
    [InlineData(1, false, 1, 1)]
    [InlineData(0, false, 1, 0)]
    [InlineData(0.04, false, 1, 0.4)]
    [InlineData(1, true, 1, 0)]
    [InlineData(1, true, 2, 1)]
    public void The_answer_turn_has_a_weight_of_its_own_which_may_follow_the_number_of_look_ups(double answer, bool adaptive, int lookUps, double expected)
    {
        // Turns of one token each, a look-up's result before every turn but the first.
        PathBatch batch = Batches.Create([(2 * lookUps) + 1]);
        for (int t = 1; t < batch.TokenCount; t += 2)
        {
            batch.Mask[t] = 0;
        }

        batch.Old.Fill(-1);
        batch.Current.Fill(-1.5f);
        float[] gradient = new float[batch.TokenCount];
        LikelihoodDisplacement llds = new(new LikelihoodDisplacementOptions { Coefficient = 0.1, AnswerCoefficient = answer, Adaptive = adaptive });
        Objective(llds).Evaluate(batch, PolicyObjectiveTests.Gradients(gradient));
        Assert.Equal(-0.1f / (lookUps + 1), gradient[0], 1e-6f);
        Assert.Equal(-0.1 * expected / (lookUps + 1), gradient[^1], 1e-6);
    }

    [Fact]
    public void Metrics_tell_what_became_of_correct_responses()
    {
        PathBatch batch = Batches.Create([2, 2, 2]);
        batch.Scores[0] = batch.Scores[1] = 1;
        batch.Old.Fill(-1);
        float[] current = [-1.5f, -1, -0.5f, -1, -3, -3];
        current.CopyTo(batch.Current);
        LikelihoodDisplacement llds = new(new());
        Objective(llds).Evaluate(batch, ObjectiveGradients.Allocate(6));
        Dictionary<string, double> metrics = llds.Metrics.ToDictionary(m => m.Name, m => m.Value);
        Assert.Equal(0.5, metrics["displacement/rate"]);
        Assert.Equal(-1, metrics["displacement/correct"], 1e-6);
        Assert.Equal(-3, metrics["displacement/wrong"], 1e-6);
        Assert.Equal(0, metrics["displacement/alarm"]);
    }

    [Fact]
    public void The_alarm_needs_three_falls_in_a_row_and_a_flat_reward()
    {
        Assert.True(LikelihoodAlarm.IsRaised([-0.1, -0.2, -0.3, -0.4], [0.5, 0.6, 0.4, 0.51]));
        Assert.False(LikelihoodAlarm.IsRaised([-0.2, -0.3, -0.4], [0.5, 0.5, 0.5]));
        Assert.False(LikelihoodAlarm.IsRaised([-0.1, -0.2, -0.15, -0.4], [0.5, 0.5, 0.5, 0.5]));
        Assert.False(LikelihoodAlarm.IsRaised([-0.1, -0.2, -0.3, -0.4], [0.5, 0.5, 0.5, 0.6]));
    }

    [Fact]
    public void A_resumed_run_raises_the_alarm_at_the_same_step()
    {
        LikelihoodDisplacement first = new(new()), resumed = new(new());
        for (int step = 0; step < 4; step++)
        {
            PathBatch batch = Response([-1.2f - step, -2, -1]);
            batch.Step = step;
            batch.Scores[0] = 1;
            Objective(first).Evaluate(batch, ObjectiveGradients.Allocate(3));
        }

        Dictionary<string, double[]> state = [];
        first.Save(state);
        resumed.Load(state);
        Assert.Equal(1, first.Metrics.Single(m => m.Name == "displacement/alarm").Value);
        Assert.Equal(1, resumed.Metrics.Single(m => m.Name == "displacement/alarm").Value);
    }

    private static PathBatch Response(float[] current)
    {
        PathBatch batch = Batches.Create([3]);
        Old.CopyTo(batch.Old);
        current.CopyTo(batch.Current);
        return batch;
    }

    private static double Loss(PathBatch batch, LikelihoodGate gate) =>
        Objective(new LikelihoodDisplacement(new LikelihoodDisplacementOptions { Gate = gate })).Evaluate(batch, ObjectiveGradients.Allocate(batch.TokenCount)).Loss;

    private static PolicyObjective Objective(IRegularizer regularizer) =>
        new(new TokenRatio(), null, new PpoClipping(new()), [regularizer], MeanAggregation.SequenceMeanTokenMean());

    private static void AssertNear(float[] expected, float[] actual)
    {
        for (int t = 0; t < expected.Length; t++)
        {
            Assert.Equal(expected[t], actual[t], 1e-6f);
        }
    }
}
