using System.Diagnostics;
using System.Globalization;
using Proximal.Control.Algorithms;
using Proximal.Control.Environments;
using Proximal.Control.Learning;
using Proximal.Control.Policies;
using Proximal.Control.Recipes;
using Proximal.Runs;
using Proximal.Tensors;
using Proximal.Tensors.Files;

namespace Proximal.Control.Runs;

/// <summary>
/// A run from its recipe to the trained policy, with evaluations and checkpoints. A run that was stopped or killed continues from its last
/// checkpoint to the same bits that an undisturbed run has.
/// </summary>
public sealed class ControlSession : IDisposable
{
    private const string Learner = "learner";
    private const int Reports = 1000;

    /// <summary>Keys that have no part in the learned policy: a run continues with other values of them.</summary>
    internal static readonly HashSet<string> FreeKeys = ["name", "workers", "evaluation.every", "checkpoints.every", "checkpoints.keep"];

    private readonly ControlRecipe recipe;
    private readonly RunFolder folder;
    private readonly IControlObserver? observer;
    private readonly FileStream held;
    private readonly CheckpointFolders checkpoints;
    private readonly ControlState state;
    private readonly RunLogs logs;
    private readonly IEnvironment evaluated;
    private readonly Workers workers;
    private readonly Learner learner;
    private readonly double secondsBefore;
    private readonly RunController controller;
    private readonly long started = Stopwatch.GetTimestamp();
    private long reported = Stopwatch.GetTimestamp();
    private int reportedStep;
    private CancellationTokenSource? stop;

    /// <summary>Starts a run, or opens one to continue it.</summary>
    /// <param name="recipe">What to train.</param>
    /// <param name="folder">Where the run lies; made when missing.</param>
    /// <param name="observer">Sees the run while it works.</param>
    /// <param name="takesCommands">Whether the run takes commands while it trains; <see cref="ControlToken"/> then tells the token that they must bring.</param>
    /// <exception cref="InvalidDataException">The folder holds a run of another recipe, or a file of the run or the data set is damaged.</exception>
    /// <exception cref="IOException">The folder cannot be written to, or another process trains the run.</exception>
    public ControlSession(ControlRecipe recipe, RunFolder folder, IControlObserver? observer = null, bool takesCommands = false)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(folder);
        this.recipe = recipe;
        this.folder = folder;
        this.observer = observer;
        held = folder.Take();
        try
        {
            folder.Pin(ControlRecipeWriter.Write(recipe), FreeKeys);
            checkpoints = new CheckpointFolders(folder, recipe.Checkpoints.Keep);
            string? checkpoint = CheckpointFolders.Latest(folder);
            state = checkpoint is null ? new ControlState() : ControlState.Read(checkpoint);
            secondsBefore = state.Seconds;
            reportedStep = state.Position.Step;
            logs = new RunLogs(folder, state.Logs, hasSamples: false);
            workers = recipe.Workers == 0 ? Workers.Shared : new Workers(recipe.Workers);
            evaluated = recipe.CreateEnvironment(evaluation: true);
            learner = recipe.Algorithm.Create<Algorithm>().Create(recipe.CreateTask((ulong)recipe.Seed, workers));
            if (checkpoint is not null)
            {
                learner.Load(LearnerFolder(checkpoint));
            }

            controller = new RunController(folder, new Controlled(this), takesCommands);
            observer?.Started(new ControlStart(
                recipe, folder, learner.Policy.Parameters.Sum(p => (long)p.Length), state.Position.Step, checkpoint is not null, IsFinished));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What commands to this run must bring; null where it takes none. It is told here alone: the run folder holds its hash.</summary>
    public string? ControlToken => controller.Token;

    private bool IsFinished => state.Position.Stage == TrainingStage.Finished;

    /// <summary>Trains until everything is done or the token asks to stop; then a checkpoint holds the finished steps.</summary>
    /// <exception cref="LearningException">A loss or gradient was not finite.</exception>
    /// <exception cref="EnvironmentException">The environment broke its contract.</exception>
    public ControlOutcome Run(CancellationToken cancellation = default)
    {
        if (IsFinished)
        {
            return Outcome();
        }

        if (state.Evaluations.Count == 0)
        {
            Evaluate("before");
        }

        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stop = linked;
        learner.LearnUntil(recipe.Steps, new Watch(this), linked.Token);
        if (learner.Steps >= recipe.Steps)
        {
            Evaluate("after");
            PolicyFile.Save(learner.Policy, folder.Model);
            state.Position = state.Position with { Stage = TrainingStage.Finished };
        }

        Checkpoint();
        return Outcome();
    }

    /// <summary>Frees the learner and lets go of the run.</summary>
    public void Dispose()
    {
        controller?.Dispose();
        learner?.Dispose();
        if (recipe.Workers > 0)
        {
            workers?.Dispose();
        }

        logs?.Dispose();
        held.Dispose();
    }

    /// <summary>Where a checkpoint holds its learner.</summary>
    internal static string LearnerFolder(string checkpoint) => Path.Combine(checkpoint, Learner);

    private void Iterated()
    {
        int before = state.Position.Step, step = checked((int)learner.Steps);
        state.Position = new RunPosition(TrainingStage.Policy, step);
        state.Metrics.Add(learner.Metrics);
        bool last = step >= recipe.Steps;
        if (last || Passes(before, Math.Max(1, recipe.Steps / Reports)))
        {
            Report();
        }

        if (!last && Passes(before, recipe.Evaluation.Every))
        {
            Evaluate(string.Create(CultureInfo.InvariantCulture, $"step {step}"));
        }

        if (!last && Passes(before, recipe.Checkpoints.Every))
        {
            Checkpoint();
        }

        if (!last && !controller.Poll(stop!.Token))
        {
            stop.Cancel();
        }
    }

    /// <summary>Whether the steps went over a multiple of the interval: an iteration can be many steps.</summary>
    private bool Passes(int before, int every) => every > 0 && before / every != state.Position.Step / every;

    private void Report()
    {
        List<Metric> metrics = [];
        if (learner.Episodes is { } episodes)
        {
            metrics.Add(new Metric(ControlRuns.ReturnMetric, episodes.MeanReturn));
            metrics.Add(new Metric("episode/length", episodes.MeanLength));
            metrics.Add(new Metric("episode/count", episodes.Count));
            IReadOnlyList<string> names = evaluated.Specification.Metrics;
            metrics.AddRange(names.Select((name, i) => new Metric($"episode/{name}", episodes.MeanMetric(i))));
        }

        metrics.AddRange(state.Metrics.Take());
        double seconds = Stopwatch.GetElapsedTime(reported).TotalSeconds;
        metrics.Add(new Metric("time/steps-per-second", (state.Position.Step - reportedStep) / seconds));
        logs.WriteMetrics(state.Position, state.Position.Step, metrics);
        observer?.Reported(new ControlReport(state.Position.Step, recipe.Steps, metrics));
        reportedStep = state.Position.Step;
        reported = Stopwatch.GetTimestamp();
    }

    private void Evaluate(string label)
    {
        ControlEvaluation evaluation = ControlEvaluator.Evaluate(
            label, learner.Policy, evaluated, recipe.Evaluation.Episodes, recipe.Seed, recipe.Evaluation.Deterministic);
        state.Evaluations.Add(evaluation);
        logs.WriteMetrics(
            state.Position,
            state.Position.Step,
            [
                new Metric("evaluation/return", evaluation.Mean),
                new Metric("evaluation/deviation", evaluation.Deviation),
                new Metric("evaluation/length", evaluation.Length),
                .. evaluation.Metrics.Select(metric => new Metric($"evaluation/{metric.Name}", metric.Mean)),
            ]);
        observer?.Evaluated(evaluation);
    }

    private string Checkpoint()
    {
        state.Seconds = secondsBefore + Stopwatch.GetElapsedTime(started).TotalSeconds;
        logs.Commit(state.Logs);
        string name = string.Create(CultureInfo.InvariantCulture, $"{(int)state.Position.Stage}-{state.Position.Step:D10}");
        string written = checkpoints.Write(name, path => learner.Save(LearnerFolder(path)), state.Write);
        observer?.CheckpointWritten(written);
        return written;
    }

    private ControlOutcome Outcome() => new(folder, [.. state.Evaluations], state.Seconds, IsFinished);

    private sealed class Watch(ControlSession session) : ILearningObserver
    {
        public void OnIteration(Learner learner) => session.Iterated();
    }

    /// <summary>This session as its controller sees it.</summary>
    private sealed class Controlled(ControlSession session) : IControlledRun
    {
        public RunPosition Position => session.state.Position;

        public string WriteCheckpoint() => session.Checkpoint();

        public RunEvent Set(string key, string value, Action<RunEvent> record) =>
            throw new InvalidDataException("The values of a control run cannot be changed while it trains, expected pause, resume, checkpoint or stop.");

        public void Tell(RunEvent one) => session.observer?.Controlled(one);
    }
}
