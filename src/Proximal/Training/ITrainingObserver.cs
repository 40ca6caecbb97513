using Proximal.Runs;

namespace Proximal.Training;

/// <summary>Whoever wants to see a run while it works. Called on the training thread.</summary>
public interface ITrainingObserver
{
    /// <summary>The run begins, or continues from a checkpoint.</summary>
    void Started(TrainingStart start);

    /// <summary>A step is finished.</summary>
    void StepFinished(StepReport report);

    /// <summary>Held-out problems were measured.</summary>
    void Evaluated(EvaluationResult evaluation);

    /// <summary>A checkpoint was written.</summary>
    void CheckpointWritten(string folder);

    /// <summary>Something was done to the run from outside, or repeated from the events of another run.</summary>
    void Controlled(RunEvent one)
    {
    }
}
