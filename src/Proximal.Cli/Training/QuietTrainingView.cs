using Proximal.Analysis.Health;
using Proximal.Cli.Terminals;
using Proximal.Training;

namespace Proximal.Cli.Training;

/// <summary>Shows nothing of a run but its end, and the token of its controls beside the output.</summary>
internal sealed class QuietTrainingView(Terminal terminal) : ITrainingView
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

    public void Listening(string token) => terminal.Error.WriteLine(RunEventText.Listening(token));

    public void Ended(TrainingOutcome outcome)
    {
    }

    public void Dispose()
    {
    }
}
