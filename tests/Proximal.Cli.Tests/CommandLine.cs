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
}
