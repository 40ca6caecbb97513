using System.CommandLine;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Studio;
using Proximal.Tensors.Files;

namespace Proximal.Cli.Commands;

/// <summary><c>proximal report</c>: runs as one HTML file.</summary>
internal static class ReportCommand
{
    private const string DefaultOutput = "report.html";

    public static Command Create(Terminal terminal)
    {
        Argument<string[]> runs = new("runs") { HelpName = "RUN", Description = "Runs, or folders of runs.", Arity = ArgumentArity.OneOrMore };
        Option<string> output = new("--out") { HelpName = "FILE", Description = "The file; report.html by default.", DefaultValueFactory = _ => DefaultOutput };
        ExampleCommand command = new(
            "report",
            "Write runs into one HTML file for sharing: their curves, rollouts, findings and recipes, thinned out to a bounded size. It opens in a browser without a server.",
            "proximal report runs/a runs/b --out report.html");
        command.Arguments.Add(runs);
        command.Options.Add(output);
        command.SetAction(line =>
        {
            string path = line.GetRequiredValue(output);
            AtomicFile.WriteText(path, StudioReport.Create(line.GetRequiredValue(runs)));
            terminal.Output.WriteLine($"Wrote {SafeText.OneLine(path)}");
            return ExitCode.Success;
        });
        return command;
    }
}
