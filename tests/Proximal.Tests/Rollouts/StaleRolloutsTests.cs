using Proximal.Models.Configuration;
using Proximal.Models.Llama;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tests.Training;
using Proximal.Training;

namespace Proximal.Tests.Rollouts;

public sealed class StaleRolloutsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_sampler_is_the_policy_of_so_many_updates_ago(int lag)
    {
        using LlamaModel policy = LlamaModel.Create(new LlamaConfiguration { VocabularySize = 8, HiddenSize = 4, Layers = 1, Heads = 1, KeyValueHeads = 1, IntermediateSize = 4, MaximumPositions = 8 }, 1);
        Mark(policy, 0);
        LlamaModel[] past = [.. Enumerable.Range(0, lag).Select(_ => policy.Clone(trainable: false))];
        using LlamaModel sampler = policy.Clone(trainable: false);
        StaleRollouts rollouts = new(new NoRollouts(), policy, sampler, past);
        for (int update = 1; update <= 10; update++)
        {
            Mark(policy, update);
            ((IRollouts)rollouts).PolicyChanged();

            Assert.Equal(Math.Max(0, update - lag), sampler.Parameters[0].Data[0]);
        }

        foreach (LlamaModel model in past)
        {
            model.Dispose();
        }

        static void Mark(LlamaModel model, int number) => model.Parameters[0].Data[0] = number;
    }

    [Fact]
    public void Old_log_probabilities_are_those_of_the_policy_and_the_recorded_ones_those_of_the_sampler()
    {
        StepReport[] onPolicy = Steps("collection: on-policy"), stale = Steps("collection: { name: stale, lag: 2 }"), noisy = Steps("collection: { name: stale, lag: 0, noise: 0.5 }");

        Assert.All(onPolicy, step => Assert.Equal(0, Distance(step)));
        Assert.Equal(0, Distance(stale[0]));
        Assert.All(stale[1..], step => Assert.True(Distance(step) > 0));
        Assert.All(noisy, step => Assert.InRange(Distance(step), 0.05, 0.6));
        Assert.All(stale.Concat(noisy), step => Assert.True(step["exactness/largest-mismatch"] == 0));
    }

    [Fact]
    public void An_anchored_sampler_stands_in_for_the_old_policy_so_that_ratios_reach_back_to_it()
    {
        StepReport[] stale = Steps("collection: { name: stale, lag: 2, anchor: true }");

        Assert.All(stale, step => Assert.Equal(0, Distance(step)));
        Assert.All(stale[1..], step => Assert.NotEqual(1, step["ratio/largest"]));
        Assert.All(stale, step => Assert.True(step["exactness/largest-mismatch"] == 0));
    }

    private static StepReport[] Steps(string collection)
    {
        using TemporaryFolder folder = new();
        Recorder recorder = new();
        Recipe recipe = TinyRuns.Recipe($"objective: grpo\n  {collection}", overrides: ["policy.updates=1", "policy.epochs=1", "policy.regularizers=[{ name: entropy, coefficient: 0.1 }]"]);
        TinyRuns.Train(recipe, folder.Path, observer: recorder);
        return [.. recorder.Steps.Where(step => step.Stage == Proximal.Runs.TrainingStage.Policy)];
    }

    /// <summary>Mean distance of what was recorded from the trainer's log-probability before the update.</summary>
    private static double Distance(StepReport step)
    {
        PathBatch paths = step.Rollouts!.Paths;
        double sum = 0, count = 0;
        for (int t = 0; t < paths.TokenCount; t++)
        {
            sum += paths.Mask[t] * Math.Abs(paths.Behaviour[t] - paths.Old[t]);
            count += paths.Mask[t];
        }

        return sum / count;
    }

    private sealed class NoRollouts : IRollouts
    {
        public RolloutBatch Generate(IReadOnlyList<TaskInstance> instances, RolloutRequest request) => throw new NotSupportedException();
    }
}
