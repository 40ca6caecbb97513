using Proximal.Analysis.Health;
using Proximal.Training;

namespace Proximal.Cli.Training;

/// <summary>Shows a run to whoever started it.</summary>
internal interface ITrainingView : ITrainingObserver, IDisposable
{
    /// <summary>The run was asked to stop and will, after the step. Comes from another thread.</summary>
    void Stopping();

    /// <summary>The doctor has found something, for the first time.</summary>
    void Found(Finding finding);

    /// <summary>The run takes commands that bring this token.</summary>
    void Listening(string token);

    /// <summary>The run is over, or has stopped.</summary>
    void Ended(TrainingOutcome outcome);
}
