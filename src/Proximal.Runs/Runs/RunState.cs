namespace Proximal.Runs;

/// <summary>Whether a run is worked on.</summary>
public enum RunState
{
    /// <summary>A process trains it.</summary>
    Running,

    /// <summary>It was stopped or killed and can be continued.</summary>
    Stopped,

    /// <summary>All its stages are done.</summary>
    Finished,
}
