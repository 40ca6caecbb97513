using System.Diagnostics;
using System.Text.Json;
using Proximal.Environments;
using Proximal.Models.Checkpoints;
using Proximal.Models.Llama;
using Proximal.Recipes;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Tasks;
using Proximal.Tensors.Safetensors;
using Proximal.Training;

namespace Proximal.Tests.Training;

/// <summary>Numbers that are not finite, groups that teach nothing, and inputs that do not fit.</summary>
public sealed class FailureTests
{
    private static readonly Recipe Tiny = TinyRuns.Recipe("objective: grpo\n  regularizers: []") with { Supervised = null };

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_reward_that_is_not_finite_stops_the_run_with_term_step_and_batch(float value)
    {
        using TemporaryFolder folder = new();
        int scored = 0;
        NonFiniteException exception = Assert.Throws<NonFiniteException>(() => TinyRuns.Train(Tiny, folder.Path, o => o.Rewards = Rewards(_ => scored++ == 30 ? value : 1)));

        // 6 held-out problems, then steps of 12 rollouts.
        Assert.Equal("Rewards 'mine'", exception.Component);
        Assert.Equal(2, exception.Step);
        Assert.Contains("reward of path 0 is", exception.Message, StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(new RunFolder(folder.Path).FailedBatch);
        Assert.Equal(12, lines.Length);
        using JsonDocument first = JsonDocument.Parse(lines[0]);
        Assert.Equal(3, first.RootElement.GetProperty("step").GetInt32());
        Assert.Equal(JsonValueKind.Null, first.RootElement.GetProperty("reward").ValueKind);
        Assert.False(Directory.Exists(new RunFolder(folder.Path).Model));
    }

    [Fact]
    public void A_reward_that_is_not_finite_in_an_evaluation_stops_the_run()
    {
        using TemporaryFolder folder = new();
        NonFiniteException exception = Assert.Throws<NonFiniteException>(() => TinyRuns.Train(Tiny, folder.Path, o => o.Rewards = Rewards(_ => float.NaN)));

        Assert.Equal("Rewards 'mine'", exception.Component);
        Assert.Equal(6, File.ReadAllLines(new RunFolder(folder.Path).FailedBatch).Length);
    }

    [Fact]
    public void Weights_that_explode_stop_the_policy_stage()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe("objective: rloo\n  optimizer: { name: sgd, learning-rate: 10 }\n  gradient-clip: 0\n") with { Supervised = null };
        Recorder recorder = new();
        NonFiniteException exception = Assert.Throws<NonFiniteException>(
            () => TinyRuns.Train(recipe, folder.Path, o => o.Rewards = Rewards(t => t.Response.Length * 1e30f), recorder));

        Assert.NotEmpty(exception.Component);
        Assert.Equal(recorder.Steps.Count, exception.Step);
        Assert.Equal(12, File.ReadAllLines(new RunFolder(folder.Path).FailedBatch).Length);
    }

    [Fact]
    public void Weights_that_explode_stop_the_supervised_stage()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe("objective: rloo");
        string checkpoint = Path.Combine(Begin(recipe, folder.Path), "1-supervised-0000000");
        using (LlamaModel model = LlamaModel.Load(checkpoint))
        {
            model.Parameters[^1].Data[0] = float.PositiveInfinity;
            CheckpointFolder.Save(checkpoint, model.Configuration, null, model.Parameters, SafetensorsType.Float32);
        }

        NonFiniteException exception = Assert.Throws<NonFiniteException>(() => TinyRuns.Train(recipe, folder.Path));

        Assert.Equal(("supervised", 0), (exception.Component, exception.Step));
        string[] lines = File.ReadAllLines(new RunFolder(folder.Path).FailedBatch);
        Assert.Equal(6, lines.Length);
        Assert.Contains("\"step\":1,", lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("objective: grpo\n  regularizers: []", 3)]
    [InlineData("objective: rloo", 3)]
    [InlineData("objective: dr-grpo", 3)]
    [InlineData("objective: dapo\n  shaping: []", 3)]
    [InlineData("objective: gspo", 3)]
    [InlineData("objective: dapo\n  shaping: []", 1)]
    public void Groups_whose_rewards_are_alike_give_no_gradient_and_no_NaN(string policy, int rollouts)
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe($"{policy}\n  optimizer: {{ name: adamw, weight-decay: 0 }}", overrides: $"policy.rollouts={rollouts}") with { Supervised = null };
        Recorder recorder = new();
        TinyRuns.Train(recipe, folder.Path, o => (o.Rewards, o.Task) = (Rewards(_ => 0.7f), Alike()), recorder);

        Assert.Equal(5, recorder.Steps.Count);
        Assert.All(recorder.Steps, report =>
        {
            Assert.Equal((0, 0), (report["gradient/norm"], report["loss/total"]));
            Assert.Equal(1, report["groups/zero-variance"]);
            Assert.All(report.Metrics, metric => Assert.True(double.IsFinite(metric.Value), $"{metric.Name} is {metric.Value}."));
        });
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(folder.Path, "model", "model.safetensors")),
            File.ReadAllBytes(Path.Combine(Begin(recipe, folder.File("initial"), Alike()), "3-policy-0000000", "model.safetensors")));
    }

    [Theory]
    [InlineData("objective: grpo")]
    [InlineData("objective: rloo")]
    [InlineData("objective: gpg")]
    [InlineData("objective: opo")]
    [InlineData("objective: reinforce-plus-plus-baseline")]
    public void Groups_of_one_train_without_NaN(string policy)
    {
        using TemporaryFolder folder = new();
        Recorder recorder = new();
        TinyRuns.Train(TinyRuns.Recipe(policy, overrides: "policy.rollouts=1"), folder.Path, observer: recorder);

        Assert.All(recorder.Steps.SelectMany(step => step.Metrics), metric => Assert.True(double.IsFinite(metric.Value), $"{metric.Name} is {metric.Value}."));
    }

    [Fact]
    public void A_prompt_that_is_longer_than_the_context_is_refused()
    {
        using TemporaryFolder folder = new();
        DelegateTask task = new("long", "ab0123456789", index => ($"{new string('a', 50)}{index % 1000}", "b"));

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => TinyRuns.Train(Tiny, folder.Path, o => o.Task = task));
        Assert.Contains("context of 40 leaves no room", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_demonstration_that_is_longer_than_the_context_is_refused()
    {
        using TemporaryFolder folder = new();
        DelegateTask task = new("long", "ab0123456789", index => ($"{index % 1000}", new string('b', 60)));

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => TinyRuns.Train(TinyRuns.Recipe("objective: rloo"), folder.Path, o => o.Task = task));
        Assert.Contains("more than the model's context of 40", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_budget_beyond_the_context_is_cut_to_what_the_prompt_leaves()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe("objective: rloo", overrides: "policy.response-tokens=1000");
        Assert.True(TinyRuns.Train(recipe, folder.Path).Finished);
    }

    [Fact]
    public void An_observation_that_does_not_fit_ends_the_episode_as_truncated()
    {
        using TemporaryFolder folder = new();
        Recorder recorder = new();
        TinyRuns.Train(Tiny, folder.Path, o => (o.Environment, o.Task) = (new Chatty(), Alike()), recorder);

        Trajectory[] all = [.. recorder.Steps.SelectMany(step => step.Rollouts!.Trajectories)];
        Assert.All(all, trajectory => Assert.Equal(Models.Generation.EndReason.Truncated, trajectory.End));
        Assert.All(all, trajectory => Assert.InRange(trajectory.Tree.Segments[trajectory.Leaf].Depth, 1, 40));
    }

    [Fact]
    public void A_session_that_cannot_start_leaves_no_workers_behind()
    {
        // More than all other tests start at the same time.
        const int Many = 400;
        using TemporaryFolder folder = new();
        DelegateTask empty = new("empty", "0", _ => ("0", "0"));
        Recipe recipe = TinyRuns.Recipe("objective: rloo", workers: Many, overrides: $"model={{ checkpoint: {folder.File("missing")} }}");
        int before = Process.GetCurrentProcess().Threads.Count;
        Assert.ThrowsAny<Exception>(() => TinyRuns.Train(recipe, folder.File("run"), o => o.Task = empty));

        // Threads that have ended are counted until the system has taken them away.
        Assert.True(SpinWait.SpinUntil(() => Process.GetCurrentProcess().Threads.Count < before + (Many / 2), TimeSpan.FromSeconds(30)), "its workers are still there");
    }

    [Fact]
    public void An_empty_data_set_is_refused()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("empty.jsonl"), "");

        Exception exception = Assert.ThrowsAny<Exception>(() =>
        {
            Recipe recipe = TinyRuns.Recipe("objective: rloo", overrides: [$"task={{ name: jsonl, train: {folder.File("empty.jsonl")}, test: {folder.File("empty.jsonl")} }}"]);
            TinyRuns.Train(recipe, folder.File("run"));
        });
        Assert.Contains("empty.jsonl", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    private static WeightedReward[] Rewards(Func<Trajectory, float> reward) => [new("mine", 1, new DelegateReward(reward))];

    /// <summary>A task whose every response gets the same score.</summary>
    private static DelegateTask Alike() => new("alike", "0123456789", index => ($"{index % 1000}", "1"), (_, _) => 0.5);

    /// <summary>Stops a run before its first step, and names the folder of its checkpoints.</summary>
    private static string Begin(Recipe recipe, string folder, ITask? task = null)
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        using TrainingSession session = new(recipe, new RunFolder(folder), configure: o => o.Task = task);
        session.Run(stop.Token);
        return Path.Combine(folder, "checkpoints");
    }

    /// <summary>Answers every turn at length.</summary>
    private sealed class Chatty : IEnvironment, IEpisode
    {
        public IEpisode Begin(TaskInstance instance) => this;

        public string? Step(string action) => "0123456789012";
    }
}
