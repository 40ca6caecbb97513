using Proximal.Advantages;
using Proximal.Clipping;
using Proximal.Objectives;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Tests.Rollouts;

namespace Proximal.Tests.Advantages;

public sealed class ConsistencyTests
{
    [Fact]
    public void Global_rewards_are_damped_by_the_answer_entropy()
    {
        Assert.Equal(0.375, ConsistencyAdvantage.Damping(4), 1e-12);
        Assert.Equal(0.291667, ConsistencyAdvantage.Damping(8), 1e-6);
        Assert.Equal(1, ConsistencyAdvantage.GlobalReward(1, 0, 4), 1e-12);
        Assert.Equal(0.3125, ConsistencyAdvantage.GlobalReward(0.5, 1, 4), 1e-12);
        Assert.Equal(0.521828, ConsistencyAdvantage.GlobalReward(0.75, 0.811278, 4), 1e-6);
        Assert.Equal(0.25, ConsistencyAdvantage.GlobalReward(1, 2, 4), 1e-12);
        Assert.Equal(1, ConsistencyAdvantage.GlobalReward(1, 0, 1));
    }

    [Fact]
    public void The_local_loss_weighs_more_where_answers_scatter()
    {
        Assert.Equal(0.622459, ConsistencyAdvantage.LocalWeight(1, 1, 0.5), 1e-6);
        Assert.Equal(1, ConsistencyAdvantage.LocalWeight(0.51, 1e6, 0.5), 1e-12);
        Assert.Equal(0, ConsistencyAdvantage.LocalWeight(0.49, 1e6, 0.5), 1e-12);
    }

    [Fact]
    public void Groups_are_compared_by_accuracy_and_consistency()
    {
        // All right and agreeing, all wrong and agreeing, three right of four.
        PathBatch batch = Batch([1, 1, 1, 1], [0, 0, 0, 0], [1, 1, 1, 0]);
        new ConsistencyAdvantage(new()).Compute(batch);
        double[] scores = [1, 0, 0.521828];
        double mean = scores.Average(), deviation = Math.Sqrt(scores.Sum(s => (s - mean) * (s - mean)) / 2);
        for (int path = 0; path < 12; path++)
        {
            Assert.Equal((scores[path / 4] - mean) / deviation, batch.SecondAdvantage[path], 1e-5);
        }

        Assert.Equal([1f, 1], [batch.SecondWeight[0], batch.SecondWeight[4]]);
        Assert.Equal(1 - (1 / (1 + Math.Exp(1 - 0.811278))), batch.SecondWeight[8], 1e-6);
        Assert.Equal(0.5f, batch.Advantage[8], 1e-5f);
    }

    [Fact]
    public void Identical_prompts_have_no_global_advantage()
    {
        PathBatch batch = Batch([1, 0], [1, 0], [1, 0]);
        new ConsistencyAdvantage(new()).Compute(batch);
        Assert.All(batch.SecondAdvantage.ToArray(), a => Assert.Equal(0, a));
        PathBatch single = Batch([1, 0]);
        new ConsistencyAdvantage(new()).Compute(single);
        Assert.Equal([0f, 0], single.SecondAdvantage.ToArray());
    }

    [Fact]
    public void A_group_of_equal_rewards_learns_from_the_global_loss_only()
    {
        ObjectivePreset global = AdvantageObjectives.Consistency with { Advantage = new(ConsistencyAdvantage.Definition, new ConsistencyOptions { Blend = BlendMode.Global }) };
        float[] blended = Gradient(AdvantageObjectives.Consistency), alone = Gradient(global);
        Assert.Equal(alone[..4], blended[..4]);
        Assert.All(blended[..4], g => Assert.NotEqual(0, g));
        Assert.NotEqual(alone[4..], blended[4..]);
    }

    [Theory]
    [InlineData(BlendMode.Local, 0, 0)]
    [InlineData(BlendMode.Global, 1, 1)]
    [InlineData(BlendMode.Forced, 1, 0)]
    public void Modes_of_the_ablation_switch_losses_off(BlendMode mode, float alike, float mixed)
    {
        PathBatch batch = Batch([1, 1, 1, 1], [1, 0, 0, 0]);
        new ConsistencyAdvantage(new ConsistencyOptions { Blend = mode }).Compute(batch);
        Assert.Equal((alike, mixed), (batch.SecondWeight[0], batch.SecondWeight[4]));
    }

    [Fact]
    public void Blending_losses_clips_each_advantage_on_its_own_side()
    {
        float[] ratio = [1.5f], mask = [1];
        Surrogate surrogate = Surrogate.Allocate(1);
        BlendedPpoClipping.Compute(ratio, [1], [-1], [0.25f], mask, new PpoClippingOptions(), surrogate);
        Assert.Equal((0.75f * -1.2f) + (0.25f * 1.5f), surrogate.Loss[0], 1e-6f);
        Assert.Equal(0.25f, surrogate.RatioGradient[0]);
        Assert.Equal(ClipMark.TrustRegion, surrogate.Clipped[0]);
        PathBatch batch = Batches.Random(9);
        ObjectivePreset ppo = new(AdvantageObjectives.Consistency.Info), blended = ppo with { Clipping = new(BlendedPpoClipping.Definition) };
        Assert.Equal(Evaluate(ppo, batch), Evaluate(blended, batch));
    }

    private static float[] Gradient(ObjectivePreset preset)
    {
        PathBatch batch = Batch([1, 1, 1, 1], [1, 0, 0, 0], [0, 0, 1, 1]);
        preset.Advantage.Create<IAdvantage>().Compute(batch);
        return Evaluate(preset, batch);
    }

    private static float[] Evaluate(ObjectivePreset preset, PathBatch batch)
    {
        float[] gradient = new float[batch.TokenCount];
        preset.CreateObjective().Evaluate(batch, new ObjectiveGradients { Current = gradient, Entropy = new float[gradient.Length], FullDivergence = new float[gradient.Length] });
        return gradient;
    }

    private static PathBatch Batch(params float[][] rewards)
    {
        float[] all = [.. rewards.SelectMany(group => group)];
        return TestTrajectories.Attach(Batches.WithGroups(rewards), answer: path => all[path] == 1 ? "7" : "3");
    }
}
