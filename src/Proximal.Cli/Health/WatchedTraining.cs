using Proximal.Analysis.Health;
using Proximal.Cli.Training;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Cli.Health;

/// <summary>Lets a doctor look at a run while it trains, and tells the view what is found.</summary>
internal sealed class WatchedTraining(ITrainingView view) : ITrainingObserver
{
    private readonly DoctorWatch doctor = new();

    public void Started(TrainingStart start)
    {
        view.Started(start);
        if (start.Continued)
        {
            doctor.Resume(new RunReader(start.Folder));
        }
    }

    public void StepFinished(StepReport report)
    {
        view.StepFinished(report);
        foreach (Finding finding in doctor.Observe(report.Stage, report.Step, report.Metrics))
        {
            view.Found(finding);
        }
    }

    public void Evaluated(EvaluationResult evaluation) => view.Evaluated(evaluation);

    public void CheckpointWritten(string folder) => view.CheckpointWritten(folder);

    public void Controlled(RunEvent one) => view.Controlled(one);
}
