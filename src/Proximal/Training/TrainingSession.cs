using System.Diagnostics;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Tensors.Files;

namespace Proximal.Training;

/// <summary>
/// A run from its recipe to the trained model: a supervised stage, a policy stage, evaluations and checkpoints. A run that was stopped or
/// killed continues from its last checkpoint to the same bits that an undisturbed run has.
/// </summary>
public sealed class TrainingSession : IDisposable
{
    private const int SamplesPerStep = 16;

    /// <summary>Keys that have no part in the trained weights: a run continues with other values of them.</summary>
    internal static readonly HashSet<string> FreeKeys = ["name", "workers", "evaluation.every", "checkpoints.every", "checkpoints.keep", "recording"];

    private readonly RunFolder folder;
    private readonly IRecipeComponents components;
    private readonly TrainingOverrides overrides;
    private readonly Queue<RunEvent> coming;
    private readonly RunController controller;
    private readonly ITrainingObserver? observer;
    private readonly FileStream held;
    private readonly CheckpointStore store;
    private readonly TrainerState state;
    private readonly RunLogs logs;
    private readonly RolloutRecorder recorder;
    private readonly double secondsBefore;
    private Recipe recipe;
    private TrainingModels models;
    private IStageTrainer? trainer;
    private bool failed;
    private readonly long started = Stopwatch.GetTimestamp();

    /// <summary>Starts a run, or opens one to continue it.</summary>
    /// <param name="recipe">What to train.</param>
    /// <param name="folder">Where the run lies; made when missing.</param>
    /// <param name="observer">Sees the run while it works.</param>
    /// <exception cref="InvalidDataException">The folder holds a run of another recipe, or a file of the run is damaged.</exception>
    /// <exception cref="IOException">The folder cannot be written to, or another process trains the run.</exception>
    public TrainingSession(Recipe recipe, string folder, ITrainingObserver? observer = null)
        : this(recipe, new RunFolder(folder), observer)
    {
    }

    /// <summary>Starts a run, or opens one to continue it.</summary>
    /// <param name="recipe">What to train.</param>
    /// <param name="folder">Where the run lies; made when missing.</param>
    /// <param name="observer">Sees the run while it works.</param>
    /// <param name="configure">Replaces parts of the run by the user's own, such as rewards that are delegates.</param>
    /// <param name="live">What may be done to the run while it trains; nothing when null.</param>
    /// <exception cref="InvalidDataException">The folder holds a run of another recipe, or a file of the run is damaged.</exception>
    /// <exception cref="IOException">The folder cannot be written to, or another process trains the run.</exception>
    public TrainingSession(Recipe recipe, RunFolder folder, ITrainingObserver? observer = null, Action<TrainingOverrides>? configure = null, LiveOptions? live = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(folder);
        this.recipe = recipe;
        this.folder = folder;
        this.observer = observer;
        components = live?.Components ?? Catalog.CreateDefault();
        overrides = new TrainingOverrides();
        held = folder.Take();
        try
        {
            folder.Pin(RecipeWriter.Write(recipe), FreeKeys);
            configure?.Invoke(overrides);
            store = new CheckpointStore(folder, recipe.Checkpoints.Keep);
            string? checkpoint = store.Latest();
            state = checkpoint is null ? new TrainerState() : CheckpointStore.ReadState(checkpoint);
            secondsBefore = state.Seconds;
            logs = new RunLogs(folder, state.Logs);
            if (live?.Events is { } events)
            {
                RunEventLog.Import(folder, events, isNew: checkpoint is null);
            }

            coming = new Queue<RunEvent>(RunEventLog.ReadSettings(folder));
            while (checkpoint is not null && coming.TryPeek(out RunEvent? past) && past.Position <= state.Position)
            {
                this.recipe = LiveValues.Set(this.recipe, past.Key!, past.NewValue!, components).Changed;
                coming.Dequeue();
            }

            models = new TrainingModels(this.recipe, folder, overrides.Copy(), checkpoint);
            if (checkpoint is null)
            {
                state.Position = new RunPosition(models.Stages.Append(TrainingStage.Finished).First(), 0);
            }

            controller = new RunController(folder, new Controlled(this), listens: live?.Controls ?? false);
            recorder = new RolloutRecorder(folder, recipe.Recording, models.Main.Tokenizer);
            recorder.Resume(state.Position);
            observer?.Started(new TrainingStart(recipe, folder, models.Main.Model.ParameterCount, state.Position, checkpoint is not null));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What commands to this run must bring; null where it takes none. It is told here alone: the run folder holds its hash.</summary>
    public string? ControlToken => controller.Token;

    /// <summary>Trains until everything is done or the token asks to stop; then a checkpoint holds the finished steps.</summary>
    /// <exception cref="NonFiniteException">A loss or gradient was not finite; the rollouts of the step are saved.</exception>
    /// <exception cref="InvalidOperationException">An exception ended an earlier call, perhaps in the middle of a step.</exception>
    public TrainingOutcome Run(CancellationToken cancellation = default)
    {
        if (failed)
        {
            throw new InvalidOperationException(
                $"{folder.Path}: this session ended with an exception and may hold half of a step; open the run again, which continues from its last checkpoint.");
        }

        // Until a step is done its parameters are those of neither step: whatever is thrown, this session must not go on from them.
        failed = true;
        TrainingOutcome outcome = RunStages(cancellation);
        failed = false;
        return outcome;
    }

    /// <summary>Frees the models and lets go of the run.</summary>
    public void Dispose()
    {
        controller?.Dispose();
        models?.Dispose();
        logs?.Dispose();
        held.Dispose();
    }

    private TrainingOutcome RunStages(CancellationToken cancellation)
    {
        try
        {
            while (state.Position.Stage != TrainingStage.Finished)
            {
                if (!RunStage(cancellation))
                {
                    return Outcome(finished: false);
                }
            }
        }
        catch (NonFiniteException exception) when ((exception.Batch as RolloutBatch ?? trainer?.LastBatch) is { } batch)
        {
            AtomicFile.Write(folder.FailedBatch, stream => RolloutLog.WriteBatch(stream, state.Position.Step + 1, batch));
            throw;
        }

        return Outcome(finished: true);
    }

    private bool RunStage(CancellationToken cancellation)
    {
        TrainingStage stage = state.Position.Stage;
        if (state.Evaluations.Count == 0)
        {
            Evaluate("before", null);
        }

        trainer ??= models.CreateTrainer(stage, state);
        while (state.Position.Step < trainer.Steps)
        {
            RepeatEvents();
            if (!controller.Poll(cancellation) || cancellation.IsCancellationRequested)
            {
                Checkpoint(trainer);
                return false;
            }

            StepReport report = trainer.Step(state.Position.Step);
            state.Position = new RunPosition(stage, report.Step);
            RolloutLog.WriteStep(logs, report, GlobalStep(), SamplesPerStep);
            recorder.Record(report);
            observer?.StepFinished(report);
            bool last = report.Step == trainer.Steps;
            if (!last && stage != TrainingStage.Preferences && IsDue(recipe.Evaluation.Every))
            {
                Evaluate($"{StageName(stage)} {report.Step}", stage);
            }

            if (!last && IsDue(recipe.Checkpoints.Every))
            {
                Checkpoint(trainer);
            }
        }

        trainer = null;
        Evaluate($"after {StageName(stage)}", stage);
        state.Position = new RunPosition(models.Stages.SkipWhile(one => one <= stage).Append(TrainingStage.Finished).First(), 0);
        if (state.Position.Stage == TrainingStage.Finished)
        {
            models.Export(folder);
        }

        Checkpoint(null);
        return true;
    }

    private bool IsDue(int every) => every > 0 && state.Position.Step % every == 0;

    private int GlobalStep() => state.Position.Step + models.Stages.TakeWhile(stage => stage < state.Position.Stage).Sum(recipe.StepsOf);

    /// <summary>Measures what a stage trains, or what every model is before the first.</summary>
    private void Evaluate(string label, TrainingStage? stage)
    {
        IReadOnlyList<(string Prefix, EvaluationResult Result)> evaluations = models.Evaluate(label, stage, state.Position.Step);
        state.Evaluations.AddRange(evaluations.Select(evaluation => evaluation.Result));
        RolloutLog.WriteEvaluations(logs, state.Position, GlobalStep(), evaluations);
        foreach ((_, EvaluationResult evaluation) in evaluations)
        {
            observer?.Evaluated(evaluation);
        }
    }

    /// <summary>Sets again what the events of the run set here.</summary>
    private void RepeatEvents()
    {
        while (coming.TryPeek(out RunEvent? due) && due.Position <= state.Position)
        {
            coming.Dequeue();
            RunEvent repeated = Set(due.Key!, due.NewValue!, _ => { });
            observer?.Controlled(repeated);
        }
    }

    /// <summary>
    /// Changes a value: writes a checkpoint and goes on from it with the changed recipe, as a new process would. So a change is as exact as a resumed run, and
    /// needs nothing of the components. For a moment both the old and the new models are in memory.
    /// </summary>
    private RunEvent Set(string key, string value, Action<RunEvent> record)
    {
        (Recipe changed, string before, string after) = LiveValues.Set(recipe, key, value, components);
        string checkpoint = Checkpoint(trainer);
        TrainingModels? made = null;
        IStageTrainer next;
        try
        {
            made = new TrainingModels(changed, folder, overrides.Copy(), checkpoint);
            next = made.CreateTrainer(state.Position.Stage, CheckpointStore.ReadState(checkpoint));
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentException or FileNotFoundException)
        {
            made?.Dispose();
            throw new InvalidDataException($"'{key}' cannot become {value}: {exception.Message}", exception);
        }

        RunEvent one = new(state.Position, RunCommand.Set, key, before, after);
        record(one);
        models.Dispose();
        (recipe, models, trainer) = (changed, made, next);
        return one;
    }

    private string Checkpoint(IStageTrainer? current)
    {
        state.Seconds = secondsBefore + Stopwatch.GetElapsedTime(started).TotalSeconds;
        logs.Commit(state.Logs);
        string written = store.Write(models, current, state);
        observer?.CheckpointWritten(written);
        return written;
    }

    private TrainingOutcome Outcome(bool finished) => new(folder, [.. state.Evaluations], state.Seconds, finished);

    private static string StageName(TrainingStage stage) => stage.ToString().ToLowerInvariant();

    /// <summary>This session as its controller sees it.</summary>
    private sealed class Controlled(TrainingSession session) : IControlledRun
    {
        public RunPosition Position => session.state.Position;

        public string WriteCheckpoint() => session.Checkpoint(session.trainer);

        public RunEvent Set(string key, string value, Action<RunEvent> record) => session.Set(key, value, record);

        public void Tell(RunEvent one) => session.observer?.Controlled(one);
    }
}
