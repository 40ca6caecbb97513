namespace Proximal.Cli;

/// <summary>What the process answers its caller.</summary>
internal static class ExitCode
{
    /// <summary>Everything that was asked for is done.</summary>
    public const int Success = 0;

    /// <summary>The work could not be finished.</summary>
    public const int Failure = 1;

    /// <summary>The command line or a file that it names cannot be used.</summary>
    public const int BadInput = 2;

    /// <summary>The doctor has found something that is more than a note.</summary>
    public const int Findings = 3;

    /// <summary>Stopped by Ctrl-C, as shells number it (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}
