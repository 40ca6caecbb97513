namespace Proximal.Runs;

/// <summary>Names of commands in files.</summary>
internal static class RunCommands
{
    public static string Name(RunCommand command) => command switch
    {
        RunCommand.Pause => "pause",
        RunCommand.Resume => "resume",
        RunCommand.Checkpoint => "checkpoint",
        RunCommand.Stop => "stop",
        _ => "set",
    };

    /// <summary>The command of a name, or null.</summary>
    public static RunCommand? Parse(string? name) => name switch
    {
        "pause" => RunCommand.Pause,
        "resume" => RunCommand.Resume,
        "checkpoint" => RunCommand.Checkpoint,
        "stop" => RunCommand.Stop,
        "set" => RunCommand.Set,
        _ => null,
    };
}
