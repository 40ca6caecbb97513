using Proximal.Cli.Terminals;
using Proximal.Cli.Training;
using Proximal.Control.Runs;

namespace Proximal.Cli.Control;

/// <summary>Shows nothing of a run but its end, and the token of its controls beside the output.</summary>
internal sealed class QuietControlView(Terminal terminal) : IControlView
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

    public void Listening(string token) => terminal.Error.WriteLine(RunEventText.Listening(token));

    public void Ended(ControlOutcome outcome)
    {
    }

    public void Dispose()
    {
    }
}
