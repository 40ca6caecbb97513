using Proximal.Control.Learning;
using Proximal.Control.Recipes;
using Proximal.Control.Runs;
using Proximal.Runs;

namespace Proximal.Control.Tests.Runs;

public sealed class ControlSessionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_run_measures_before_on_the_way_and_after()
    {
        ControlOutcome outcome = TinyControl.Train(TinyControl.Recipe(), folder.File("run"));
        Assert.True(outcome.Finished);
        Assert.Equal(["before", "step 320", "step 608", "step 928", "after"], outcome.Evaluations.Select(e => e.Label));
        Assert.All(outcome.Evaluations, evaluation => Assert.Equal(3, evaluation.Returns.Count));
    }

    [Fact]
    public void The_same_recipe_gives_the_same_bits_whatever_the_number_of_workers()
    {
        TinyControl.Train(TinyControl.Recipe(), folder.File("one"));
        TinyControl.Train(TinyControl.Recipe("workers=2"), folder.File("two"));
        TinyControl.AssertSame(folder.File("one"), folder.File("two"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(22)]
    [InlineData(31)]
    public void A_run_that_was_asked_to_stop_continues_to_the_bits_of_an_undisturbed_one(int reports)
    {
        TinyControl.Train(TinyControl.Recipe(), folder.File("whole"));
        using (CancellationTokenSource stop = new())
        {
            Counter counter = new(reports, stop.Cancel);
            Assert.False(TinyControl.Train(TinyControl.Recipe(), folder.File("stopped"), counter, stop.Token).Finished);
        }

        Assert.True(TinyControl.Train(TinyControl.Recipe(), folder.File("stopped")).Finished);
        TinyControl.AssertSame(folder.File("whole"), folder.File("stopped"));
    }

    [Fact]
    public async Task A_run_that_was_paused_saved_and_stopped_from_outside_continues_to_the_bits_of_an_undisturbed_one()
    {
        TimeSpan patience = TimeSpan.FromSeconds(60);
        TinyControl.Train(TinyControl.Recipe(), folder.File("whole"));
        RunFolder run = new(folder.File("told"));
        using (ControlSession session = new(TinyControl.Recipe(), run, takesCommands: true))
        {
            RunControls controls = new(run, session.ControlToken!);
            Task<ControlAnswer> pause = controls.SendAsync(RunCommand.Pause, patience);
            Task<ControlOutcome> training = Task.Run(() => session.Run());
            Assert.Equal(new ControlAnswer(true, "Paused."), await pause);
            Assert.Equal(new ControlAnswer(true, "Wrote 3-0000000032."), await controls.SendAsync(RunCommand.Checkpoint, patience));
            Assert.False((await controls.SendAsync(RunCommand.Set, patience, "algorithm.rate", "1")).IsDone);
            Assert.True((await controls.SendAsync(RunCommand.Stop, patience)).IsDone);
            Assert.False((await training).Finished);
        }

        Assert.True(TinyControl.Train(TinyControl.Recipe(), run.Path).Finished);
        TinyControl.AssertSame(folder.File("whole"), run.Path);
        Assert.Equal([RunCommand.Pause, RunCommand.Checkpoint, RunCommand.Stop, RunCommand.Resume], RunEventLog.Read(run.EventLog).Select(one => one.Command));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(20)]
    [InlineData(32)]
    public void A_run_that_broke_off_continues_from_its_last_checkpoint_to_the_same_bits(int reports)
    {
        TinyControl.Train(TinyControl.Recipe(), folder.File("whole"));
        Counter counter = new(reports, () => throw new OperationCanceledException());
        Assert.Throws<OperationCanceledException>(() => TinyControl.Train(TinyControl.Recipe(), folder.File("broken"), counter));
        TinyControl.Train(TinyControl.Recipe(), folder.File("broken"));
        TinyControl.AssertSame(folder.File("whole"), folder.File("broken"));
    }

    [Fact]
    public void A_finished_run_has_nothing_left_to_do()
    {
        TinyControl.Train(TinyControl.Recipe(), folder.File("run"));
        byte[] before = TinyControl.Weights(folder.File("run"));
        Counter counter = new(1, () => Assert.Fail("it went on"));
        Assert.Equal(5, TinyControl.Train(TinyControl.Recipe(), folder.File("run"), counter).Evaluations.Count);
        Assert.Equal(before, TinyControl.Weights(folder.File("run")));
    }

    [Fact]
    public void Another_recipe_does_not_continue_a_run()
    {
        TinyControl.Train(TinyControl.Recipe(), folder.File("run"));
        Assert.Contains(
            "holds a run of another recipe",
            Assert.Throws<InvalidDataException>(() => TinyControl.Train(TinyControl.Recipe("seed=4"), folder.File("run"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_not_finite_stops_the_run_and_the_checkpoint_before_it_stays()
    {
        ControlRecipe recipe = TinyControl.Recipe("algorithm.fails-after=500");
        LearningException exception = Assert.Throws<LearningException>(() => TinyControl.Train(recipe, folder.File("run")));
        Assert.Equal("wandering, step 512: the loss is NaN, expected a finite number", exception.Message);
        ControlSummary summary = new RunReader(new RunFolder(folder.File("run"))).ReadControlSummary(TinyControl.Catalog);
        Assert.Equal((RunState.Stopped, 512, 1000), (summary.State, summary.Step, summary.Steps));
    }

    [Fact]
    public void Long_runs_report_at_most_a_thousand_times()
    {
        Counter counter = new(int.MaxValue, () => { });
        TinyControl.Train(TinyControl.Recipe("steps=100000", "evaluation.every=0", "checkpoints.every=0"), folder.File("run"), counter);
        Assert.InRange(counter.Reports, 900, 1001);
    }

    [Fact]
    public void A_report_holds_the_means_of_what_the_learner_told_since_the_one_before()
    {
        TinyControl.Train(TinyControl.Recipe("steps=64000", "algorithm.rate=0.001", "evaluation.every=0", "evaluation.episodes=1"), folder.File("few"));
        TinyControl.Train(TinyControl.Recipe("steps=3200", "algorithm.rate=0.001", "evaluation.every=0", "evaluation.episodes=1"), folder.File("many"));
        double[] means = new RunReader(new RunFolder(folder.File("few"))).ReadCurve("weights/first").Values, each = new RunReader(new RunFolder(folder.File("many"))).ReadCurve("weights/first").Values;

        // One report in 64 steps, which are two iterations.
        Assert.Equal((each[0] + each[1]) / 2, means[0], 1e-12);
        Assert.Equal((each[2] + each[3]) / 2, means[1], 1e-12);
    }

    [Fact]
    public void The_curve_and_the_summary_of_a_run_are_read_back()
    {
        ControlOutcome outcome = TinyControl.Train(TinyControl.Recipe(), folder.File("run"));
        RunReader run = new(outcome.Folder);
        Assert.True(outcome.Folder.IsControlRun);
        (double[] steps, double[] values) = run.ReadCurve("evaluation/return");
        Assert.Equal([0, 320, 608, 928, 1024], steps);
        Assert.Equal(outcome.Evaluations.Select(e => e.Mean), values);
        ControlSummary summary = run.ReadControlSummary(TinyControl.Catalog);
        Assert.Equal((RunState.Finished, 1024, 1000), (summary.State, summary.Step, summary.Steps));
        Assert.Equal(run.ReadCurve(ControlRuns.ReturnMetric).Values[^1], summary.Return);
        Assert.Equal(outcome.Evaluations.Select(e => e.Mean), summary.Evaluations.Select(e => e.Mean));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{ "finished": false, "step": -1, "seconds": 0, "logs": {}, "metrics": {}, "evaluations": [] }""")]
    [InlineData("""{ "finished": false, "step": 1, "seconds": 0, "logs": {}, "metrics": { "loss": [] }, "evaluations": [] }""")]
    [InlineData("""{ "finished": false, "step": 1, "seconds": 0, "logs": {}, "metrics": {}, "evaluations": [ { "label": "before", "length": 1, "returns": [], "metrics": {} } ] }""")]
    public void A_damaged_checkpoint_is_named(string json)
    {
        ControlOutcome outcome = TinyControl.Train(TinyControl.Recipe(), folder.File("run"));
        string path = Path.Combine(Directory.EnumerateDirectories(outcome.Folder.Checkpoints).Order(StringComparer.Ordinal).Last(), "trainer.json");
        File.WriteAllText(path, json);
        Assert.StartsWith(
            $"{path}: not the state of a control run: ",
            Assert.Throws<InvalidDataException>(() => TinyControl.Train(TinyControl.Recipe(), folder.File("run"))).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private sealed class Counter(int last, Action reached) : IControlObserver
    {
        public int Reports { get; private set; }

        public void Started(ControlStart start)
        {
        }

        public void Reported(ControlReport report)
        {
            if (++Reports == last)
            {
                reached();
            }
        }

        public void Evaluated(ControlEvaluation evaluation)
        {
        }

        public void CheckpointWritten(string folder)
        {
        }
    }
}
