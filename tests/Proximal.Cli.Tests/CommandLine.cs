using Proximal.Cli.Terminals;

namespace Proximal.Cli.Tests;

/// <summary>Runs command lines in this process, redirected.</summary>
internal static class CommandLine
{
    public static CommandResult Run(params string[] args) => RunWithInput("", args);

    public static CommandResult RunWithInput(string input, params string[] args)
    {
        StringWriter output = new(), error = new();
        int exitCode = Program.Run(args, new Terminal(output, error, new StringReader(input)));
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command and presses Ctrl-C when its output shows the text.</summary>
    public static CommandResult RunUntil(string text, params string[] args)
    {
        Interruption interruption = new(registers: false);
        StringWriter error = new();
        using WatchedWriter output = new(text, interruption.Request);
        int exitCode = Program.Run(args, new Terminal(output, error, TextReader.Null) { Listen = () => interruption });
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }
}
