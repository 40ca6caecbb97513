using Proximal.Runs;

namespace Proximal.Training;

/// <summary>An observer that is made of delegates; what stays null is not called.</summary>
public sealed class DelegateObserver : ITrainingObserver
{
    /// <summary>The run begins, or continues from a checkpoint.</summary>
    public Action<TrainingStart>? Started { get; init; }

    /// <summary>A step is finished.</summary>
    public Action<StepReport>? StepFinished { get; init; }

    /// <summary>Held-out problems were measured.</summary>
    public Action<EvaluationResult>? Evaluated { get; init; }

    /// <summary>A checkpoint was written; gets its folder.</summary>
    public Action<string>? CheckpointWritten { get; init; }

    /// <summary>Something was done to the run from outside.</summary>
    public Action<RunEvent>? Controlled { get; init; }

    void ITrainingObserver.Started(TrainingStart start) => Started?.Invoke(start);

    void ITrainingObserver.StepFinished(StepReport report) => StepFinished?.Invoke(report);

    void ITrainingObserver.Evaluated(EvaluationResult evaluation) => Evaluated?.Invoke(evaluation);

    void ITrainingObserver.CheckpointWritten(string folder) => CheckpointWritten?.Invoke(folder);

    void ITrainingObserver.Controlled(RunEvent one) => Controlled?.Invoke(one);
}
