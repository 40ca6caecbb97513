using Proximal.Advantages;
using Proximal.Objectives;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Training;

namespace Proximal.Tests.Training;

/// <summary>PPO-max is PPO with switches.</summary>
public sealed class PpoMaxTests
{
    private const string Off = "objective: ppo-max\n  shaping: [ { name: kl } ]\n  critic: { warm-up: 0 }\n  pretraining: { coefficient: 0 }";

    [Fact]
    public void With_every_switch_off_it_has_the_bits_of_ppo()
    {
        using TemporaryFolder folder = new();
        TinyRuns.Train(TinyRuns.Recipe("objective: ppo"), folder.File("ppo"));
        TinyRuns.Train(TinyRuns.Recipe(Off), folder.File("off"));
        TinyRuns.AssertSame(folder.File("ppo"), folder.File("off"));
    }

    [Theory]
    [InlineData("shaping: [ reward-normalization, { name: kl } ]")]
    [InlineData("shaping: [ { name: kl, coefficient: 0.05 } ]")]
    [InlineData("advantage: { name: gae, clip: 0.3 }")]
    [InlineData("critic: { warm-up: 2 }")]
    [InlineData("critic: { warm-up: 4, warm-up-until: 0.01 }")]
    [InlineData("pretraining: { coefficient: 0.1, batch: 3 }")]
    public void Every_switch_changes_the_run_and_resumes_to_the_same_bits(string part)
    {
        using TemporaryFolder folder = new();
        TinyRuns.Train(TinyRuns.Recipe("objective: ppo"), folder.File("ppo"));
        Recipe recipe = TinyRuns.Recipe($"objective: ppo\n  {part}");
        TinyRuns.Train(recipe, folder.File("whole"));
        Assert.NotEqual(TinyRuns.Weights(folder.File("ppo")), TinyRuns.Weights(folder.File("whole")));

        bool finished = false;
        while (!finished)
        {
            using CancellationTokenSource stop = new();
            using TrainingSession session = new(recipe, folder.File("stopped"), new Recorder(_ => stop.Cancel()));
            finished = session.Run(stop.Token).Finished;
        }

        TinyRuns.AssertSame(folder.File("whole"), folder.File("stopped"));
    }

    [Fact]
    public void The_warm_up_ends_when_the_critic_explains_the_returns()
    {
        PathBatch batch = Batches.Create([4]);
        float[] returns = [1, 2, 3, 4];
        returns.CopyTo(batch.Returns);
        batch.OldValues.Fill(2.5f);
        CriticWarmUp warmUp = new(10, 0.5);
        warmUp.Observe(batch);
        Assert.False(warmUp.IsOver(9));
        Assert.True(warmUp.IsOver(10));
        returns.CopyTo(batch.OldValues);
        warmUp.Observe(batch);
        Assert.True(warmUp.IsOver(0));
    }

    [Fact]
    public void Explained_variance_is_one_for_a_perfect_critic_and_zero_for_the_mean()
    {
        float[] returns = [1, -1, 4, 2, 99], mask = [1, 1, 1, 1, 0];
        Assert.Equal(1, ValueMetrics.ExplainedVarianceOf(returns, returns, mask), 1e-12);
        Assert.Equal(0, ValueMetrics.ExplainedVarianceOf([1.5f, 1.5f, 1.5f, 1.5f, 0], returns, mask), 1e-12);
    }

    [Fact]
    public void Advantages_are_clipped_after_standardization()
    {
        PathBatch batch = Batches.Random(4);
        for (int t = 0; t < batch.TokenCount; t++)
        {
            batch.TokenReward[t] = batch.Mask[t] * (t % 7);
        }

        new GeneralizedAdvantage(new() { Clip = 0 }).Compute(batch);
        float[] free = batch.Advantage.ToArray();
        new GeneralizedAdvantage(new() { Clip = 0.5 }).Compute(batch);
        Assert.Equal(free.Select(a => Math.Clamp(a, -0.5f, 0.5f)), batch.Advantage.ToArray());
        Assert.Contains(free, a => Math.Abs(a) > 0.5f);
    }

    [Fact]
    public void The_dashboard_shows_divergence_and_perplexities()
    {
        using TemporaryFolder folder = new();
        Recorder recorder = new();
        TinyRuns.Train(TinyRuns.Recipe("objective: ppo-max"), folder.Path, observer: recorder);
        foreach (string name in new[] { "policy/perplexity", "reference/perplexity", "reference/kl", "critic/explained-variance", "critic/loss", "response/tokens", "policy/entropy" })
        {
            Assert.All(recorder.Policy, step => Assert.True(double.IsFinite(step[name]), name));
        }

        Assert.Equal(0, recorder.Policy.First()["reference/kl"], 1e-6);
        Assert.All(recorder.Policy, step => Assert.Equal(
            Math.Log(step["reference/perplexity"]) - Math.Log(step["policy/perplexity"]), step["reference/kl"], 1e-6));
    }
}
