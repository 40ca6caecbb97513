using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;

namespace Proximal.Cli;

/// <summary>The command <c>proximal</c>.</summary>
internal static class Program
{
    /// <summary>Runs a command line.</summary>
    /// <param name="args">The words after <c>proximal</c>.</param>
    /// <param name="terminal">Where it reads and writes.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args, Terminal terminal)
    {
        try
        {
            return new CommandTree(terminal).Run(args);
        }
        catch (Exception fault)
        {
            // Every failure ends here, as one line for people; what is not foreseen is told with its stack trace.
            return ErrorReport.Write(terminal, fault);
        }
        finally
        {
            terminal.Output.Flush();
        }
    }

    private static int Main(string[] args) => Run(args, Terminal.OfProcess());
}
