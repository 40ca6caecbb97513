using Proximal.Control.Runs;

namespace Proximal.Cli.Control;

/// <summary>Shows nothing of a run but its end.</summary>
internal sealed class QuietControlView : IControlView
{
    public void Started(ControlStart start)
    {
    }

    public void Reported(ControlReport report)
    {
    }

    public void Evaluated(ControlEvaluation evaluation)
    {
    }

    public void CheckpointWritten(string folder)
    {
    }

    public void Stopping()
    {
    }

    public void Ended(ControlOutcome outcome)
    {
    }

    public void Dispose()
    {
    }
}
