using Proximal.Analysis.Health;
using Proximal.Training;

namespace Proximal.Cli.Training;

/// <summary>Shows nothing of a run but its end.</summary>
internal sealed class QuietTrainingView : ITrainingView
{
    public void Started(TrainingStart start)
    {
    }

    public void StepFinished(StepReport report)
    {
    }

    public void Evaluated(EvaluationResult evaluation)
    {
    }

    public void CheckpointWritten(string folder)
    {
    }

    public void Stopping()
    {
    }

    public void Found(Finding finding)
    {
    }

    public void Ended(TrainingOutcome outcome)
    {
    }

    public void Dispose()
    {
    }
}
