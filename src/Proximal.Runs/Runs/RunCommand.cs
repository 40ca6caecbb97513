namespace Proximal.Runs;

/// <summary>What a live run can be told to do, between two of its steps.</summary>
public enum RunCommand
{
    /// <summary>Wait, holding everything in memory, until <see cref="Resume"/> or <see cref="Stop"/>.</summary>
    Pause,

    /// <summary>Go on.</summary>
    Resume,

    /// <summary>Write a checkpoint now.</summary>
    Checkpoint,

    /// <summary>Write a checkpoint and end, as Ctrl-C does.</summary>
    Stop,

    /// <summary>Change a value of the recipe from the next step on.</summary>
    Set,
}
