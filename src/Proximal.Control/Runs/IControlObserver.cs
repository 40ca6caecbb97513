using Proximal.Runs;

namespace Proximal.Control.Runs;

/// <summary>Whoever wants to see a control run while it works. Called on the training thread.</summary>
public interface IControlObserver
{
    /// <summary>The run begins, or continues from a checkpoint.</summary>
    void Started(ControlStart start);

    /// <summary>Some steps are done: up to a thousand reports a run.</summary>
    void Reported(ControlReport report);

    /// <summary>Episodes were played to measure the policy.</summary>
    void Evaluated(ControlEvaluation evaluation);

    /// <summary>A checkpoint was written.</summary>
    void CheckpointWritten(string folder);

    /// <summary>Something was done to the run from outside.</summary>
    void Controlled(RunEvent one)
    {
    }
}
