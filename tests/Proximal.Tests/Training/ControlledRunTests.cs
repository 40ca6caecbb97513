using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Tests.Training;

/// <summary>A run that is paused, saved, stopped or changed from outside is as exact as one that is left alone.</summary>
public sealed class ControlledRunTests
{
    private const string Rate = "policy.optimizer.learning-rate";
    private const string Stage = "objective: grpo\n  regularizers: [ { name: kl, adaptive: true, horizon: 20, coefficient: 0.05 } ]\n  collection: { name: stale, lag: 2 }";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Events_of_a_run_that_was_changed_by_hand_repeat_it_bit_for_bit()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe(Stage);
        TinyRuns.Train(recipe, folder.File("alone"));

        TrainByHand(recipe, folder.File("hand"), (2, Rate, "0.02"), (3, "policy.regularizers[0].coefficient", "0.5"), (3, "policy.clipping.low", "0.1"), (4, "policy.sampling.temperature", "0.7"));
        Train(recipe, folder.File("repeated"), new LiveOptions { Events = new RunFolder(folder.File("hand")).EventLog });

        TinyRuns.AssertSame(folder.File("hand"), folder.File("repeated"));
        Assert.NotEqual(TinyRuns.Weights(folder.File("alone")), TinyRuns.Weights(folder.File("hand")));
        Assert.Equal(Settings(folder.File("hand")), Settings(folder.File("repeated")));
        Assert.Equal(
            [new RunEvent(new RunPosition(TrainingStage.Policy, 2), RunCommand.Set, Rate, "0.0001", "0.02")],
            Settings(folder.File("hand")).Take(1));
    }

    [Fact]
    public void A_changed_run_that_is_stopped_after_every_step_ends_with_the_same_bits()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe(Stage);
        TrainByHand(recipe, folder.File("hand"), (0, Rate, "0.02"), (3, "policy.gradient-clip", "0.3"));
        LiveOptions live = new() { Events = new RunFolder(folder.File("hand")).EventLog };

        while (true)
        {
            using CancellationTokenSource stop = new();
            using TrainingSession session = new(recipe, new RunFolder(folder.File("stopped")), new Recorder(_ => stop.Cancel()), live: live);
            if (session.Run(stop.Token).Finished)
            {
                break;
            }

            // What was imported stays with the run.
            live = new LiveOptions();
        }

        TinyRuns.AssertSame(folder.File("hand"), folder.File("stopped"));
    }

    [Fact]
    public void A_change_in_the_supervised_stage_is_repeated_too()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe("objective: grpo");
        TrainByHand(recipe, folder.File("hand"), TrainingStage.Supervised, (2, "supervised.optimizer.learning-rate", "0.001"));

        Train(recipe, folder.File("repeated"), new LiveOptions { Events = new RunFolder(folder.File("hand")).EventLog });

        TinyRuns.AssertSame(folder.File("hand"), folder.File("repeated"));
    }

    [Fact]
    public async Task A_run_pauses_answers_and_goes_on_to_the_bits_of_one_that_was_left_alone()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe("objective: grpo");
        TinyRuns.Train(recipe, folder.File("alone"));
        RunFolder run = new(folder.File("paused"));
        using TrainingSession session = new(recipe, run, live: new LiveOptions { Controls = true });
        RunControls controls = new(run, session.ControlToken!);
        Task<ControlAnswer> pause = controls.SendAsync(RunCommand.Pause, Patience);
        Task<TrainingOutcome> training = Task.Run(() => session.Run());

        Assert.Equal(new ControlAnswer(true, "Paused."), await pause);
        Assert.True(RunEventLog.IsPaused(run));
        Assert.NotNull(new RunReader(run).ReadMetrics().ToArray());
        Assert.Equal(new ControlAnswer(false, "The run is paused already."), await controls.SendAsync(RunCommand.Pause, Patience));
        ControlAnswer checkpoint = await controls.SendAsync(RunCommand.Checkpoint, Patience);
        Assert.Equal(new ControlAnswer(true, "Wrote 1-supervised-0000000."), checkpoint);
        Assert.Equal(new ControlAnswer(true, "Goes on."), await controls.SendAsync(RunCommand.Resume, Patience));
        Assert.True((await training).Finished);

        TinyRuns.AssertSame(folder.File("alone"), folder.File("paused"));
        Assert.Equal([RunCommand.Pause, RunCommand.Checkpoint, RunCommand.Resume], RunEventLog.Read(run.EventLog).Select(one => one.Command));
    }

    [Fact]
    public async Task Cancellation_ends_a_pause_and_the_run_continues_later()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe("objective: grpo");
        TinyRuns.Train(recipe, folder.File("alone"));
        RunFolder run = new(folder.File("paused"));
        using (CancellationTokenSource stop = new())
        using (TrainingSession session = new(recipe, run, live: new LiveOptions { Controls = true }))
        {
            Task<ControlAnswer> pause = new RunControls(run, session.ControlToken!).SendAsync(RunCommand.Pause, Patience);
            Task<TrainingOutcome> training = Task.Run(() => session.Run(stop.Token));
            Assert.True((await pause).IsDone);
            await stop.CancelAsync();
            Assert.False((await training).Finished);
        }

        TinyRuns.Train(recipe, run.Path);

        TinyRuns.AssertSame(folder.File("alone"), run.Path);
        Assert.False(RunEventLog.IsPaused(run));
        Assert.False(Directory.Exists(run.Controls));
    }

    [Fact]
    public async Task A_stopped_run_has_a_checkpoint_of_all_finished_steps()
    {
        using TemporaryFolder folder = new();
        RunFolder run = new(folder.Path);
        using TrainingSession session = new(TinyRuns.Recipe("objective: grpo"), run, live: new LiveOptions { Controls = true });
        Task<ControlAnswer> stop = new RunControls(run, session.ControlToken!).SendAsync(RunCommand.Stop, Patience);

        TrainingOutcome outcome = await Task.Run(() => session.Run());

        Assert.False(outcome.Finished);
        Assert.True((await stop).IsDone);
        Assert.True(Directory.Exists(Path.Combine(run.Checkpoints, "1-supervised-0000000")));
    }

    [Fact]
    public async Task What_cannot_be_changed_is_refused_and_changes_nothing()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe("objective: grpo");
        TinyRuns.Train(recipe, folder.File("alone"));
        RunFolder run = new(folder.File("refused"));
        using TrainingSession session = new(recipe, run, live: new LiveOptions { Controls = true });
        RunControls controls = new(run, session.ControlToken!);
        Task<ControlAnswer> pause = controls.SendAsync(RunCommand.Pause, Patience);
        Task<TrainingOutcome> training = Task.Run(() => session.Run());
        await pause;
        foreach ((string key, string value, string message) in new[]
        {
            ("policy.steps", "9", "'policy.steps' may not be changed while the run trains, "),
            ("policy.clipping.name", "none", "'policy.clipping.name' may not be changed while the run trains, "),
            ("seed", "9", "'seed' may not be changed while the run trains, "),
            ("policy.clipping.low", "{}", "'policy.clipping.low' cannot be '{}', expected a number or a word."),
            ("policy.clipping.low", "-1", ""),
            ("policy.clipping.lower", "0.1", "'policy.clipping.lower' is not in the recipe of this run."),
            ("policy.regularizers[7].coefficient", "0.1", "'policy.regularizers[7].coefficient' is not in the recipe of this run."),
            ("policy.clipping.low", "0.2", "'policy.clipping.low' is 0.2 already."),
        })
        {
            ControlAnswer answer = await controls.SendAsync(RunCommand.Set, Patience, key, value);
            Assert.False(answer.IsDone);
            Assert.StartsWith(message, answer.Message, StringComparison.Ordinal);
        }

        await controls.SendAsync(RunCommand.Resume, Patience);
        await training;

        Assert.DoesNotContain(RunEventLog.Read(run.EventLog), one => one.Command == RunCommand.Set);
        TinyRuns.AssertSame(folder.File("alone"), run.Path);
    }

    [Fact]
    public void Events_of_another_run_are_refused_by_one_that_is_under_way()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe("objective: grpo");
        TrainByHand(recipe, folder.File("hand"), (2, Rate, "0.02"));
        TinyRuns.Train(recipe, folder.File("alone"));

        InvalidDataException fault = Assert.Throws<InvalidDataException>(() => Train(recipe, folder.File("alone"), new LiveOptions { Events = new RunFolder(folder.File("hand")).EventLog }));

        Assert.Contains("the run has other events than", fault.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => Train(recipe, folder.File("new"), new LiveOptions { Events = folder.File("nothing") }));
    }

    [Fact]
    public void The_values_that_may_be_changed_are_listed_with_what_they_are()
    {
        IReadOnlyList<(string Key, string Value)> values = LiveValues.Of(TinyRuns.Recipe("objective: grpo\n  regularizers: [ { name: kl, coefficient: 0.05 } ]"));

        Assert.Contains(("policy.regularizers[0].coefficient", "0.05"), values);
        Assert.Contains(("policy.sampling.temperature", "1"), values);
        Assert.Contains(("supervised.optimizer.learning-rate", "0.01"), values);
        Assert.DoesNotContain(values, value => value.Key.EndsWith("name", StringComparison.Ordinal) || value.Key == "policy.steps" || value.Key == "seed");
    }

    private static void Train(Recipe recipe, string folder, LiveOptions live)
    {
        using TrainingSession session = new(recipe, new RunFolder(folder), live: live);
        session.Run();
    }

    private static void TrainByHand(Recipe recipe, string folder, params (int Step, string Key, string Value)[] changes) => TrainByHand(recipe, folder, TrainingStage.Policy, changes);

    /// <summary>Trains with commands that arrive while the steps before are computed.</summary>
    private static void TrainByHand(Recipe recipe, string folder, TrainingStage stage, params (int Step, string Key, string Value)[] changes)
    {
        RunFolder run = new(folder);
        List<Task<ControlAnswer>> answers = [];
        TrainingSession? session = null;
        DelegateObserver hand = new()
        {
            StepFinished = report => Give(report.Stage, report.Step),
            Evaluated = evaluation => Give(evaluation.Label == "after supervised" ? TrainingStage.Policy : TrainingStage.Teacher, 0),
        };
        using (session = new TrainingSession(recipe, run, hand, live: new LiveOptions { Controls = true }))
        {
            Assert.True(session.Run().Finished);
        }

        Assert.All(answers, answer => Assert.True(answer.Result.IsDone, answer.Result.Message));
        Assert.Equal(changes.Length, answers.Count);

        void Give(TrainingStage current, int step) =>
            answers.AddRange(changes.Where(change => current == stage && change.Step == step).Select(change => new RunControls(run, session!.ControlToken!).SendAsync(RunCommand.Set, Patience, change.Key, change.Value)));
    }

    private static RunEvent[] Settings(string folder) => [.. RunEventLog.Read(new RunFolder(folder).EventLog)];
}
