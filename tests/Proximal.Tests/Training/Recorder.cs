using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Tests.Training;

/// <summary>Remembers what a run told, and does something after each step.</summary>
internal sealed class Recorder(Action<StepReport>? afterStep = null) : ITrainingObserver
{
    public TrainingStart? Start { get; private set; }

    public List<StepReport> Steps { get; } = [];

    public IEnumerable<StepReport> Policy => Steps.Where(step => step.Stage == TrainingStage.Policy);

    public void Started(TrainingStart start) => Start = start;

    public void StepFinished(StepReport report)
    {
        Steps.Add(report);
        afterStep?.Invoke(report);
    }

    public void Evaluated(EvaluationResult evaluation)
    {
    }

    public void CheckpointWritten(string folder)
    {
    }
}
