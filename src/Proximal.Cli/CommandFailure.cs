namespace Proximal.Cli;

/// <summary>A command that cannot go on, in one sentence for the person at the terminal.</summary>
/// <param name="message">What is wrong: names the file or option, the value, and what was expected.</param>
/// <param name="help">What to do about it; null where the message says all.</param>
/// <param name="exitCode">What the process returns.</param>
internal sealed class CommandFailure(string message, string? help = null, int exitCode = ExitCode.BadInput) : Exception(message)
{
    public string? Help { get; } = help;

    public int ExitCode { get; } = exitCode;
}
