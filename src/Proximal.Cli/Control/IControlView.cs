using Proximal.Control.Runs;

namespace Proximal.Cli.Control;

/// <summary>Shows a control run to whoever started it.</summary>
internal interface IControlView : IControlObserver, IDisposable
{
    /// <summary>The run was asked to stop and will, after the iteration. Comes from another thread.</summary>
    void Stopping();

    /// <summary>The run takes commands that bring this token.</summary>
    void Listening(string token);

    /// <summary>The run is over, or has stopped.</summary>
    void Ended(ControlOutcome outcome);
}
