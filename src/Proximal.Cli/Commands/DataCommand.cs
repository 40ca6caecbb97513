using System.CommandLine;
using Proximal.Cli.Control;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Control.Data;

namespace Proximal.Cli.Commands;

/// <summary><c>proximal data</c>: transitions from which the offline algorithms of control learn.</summary>
internal static class DataCommand
{
    public static Command Create(Terminal terminal)
    {
        ExampleCommand command = new(
            "data",
            "Make and measure data sets of transitions, from which offline algorithms learn.",
            "proximal data generate --environment pendulum --out b.safetensors",
            "proximal data replay recipes/control/pendulum-sac.yaml --out a.safetensors",
            "proximal data show a.safetensors");
        command.Subcommands.Add(DataGenerateCommand.Create(terminal));
        command.Subcommands.Add(DataReplayCommand.Create(terminal));
        command.Subcommands.Add(CreateShow(terminal));
        return command;
    }

    private static ExampleCommand CreateShow(Terminal terminal)
    {
        Argument<string> file = new("file") { HelpName = "FILE", Description = "The data set." };
        Option<string?> reference = new("--reference")
        {
            HelpName = "FILE",
            Description = "Also tells the coverage: different pairs of state and action, relative to those of this data set, usually an online replay of the same size.",
        };
        Option<bool> json = new("--json") { Description = "Prints JSON for machines." };
        ExampleCommand command = new(
            "show",
            "Show a data set: where it comes from, how long and how good its trajectories are.",
            "proximal data show mixed.safetensors --reference replay.safetensors");
        command.Arguments.Add(file);
        command.Options.Add(reference);
        command.Options.Add(json);
        command.SetAction(line =>
        {
            OfflineDataset dataset = DatasetFile.Load(line.GetRequiredValue(file));
            double? coverage = line.GetValue(reference) is { } path ? DatasetMeasures.Coverage(dataset, DatasetFile.Load(path)) : null;
            new DatasetReport(dataset, coverage).Write(terminal, line.GetRequiredValue(file), line.GetValue(json));
            return ExitCode.Success;
        });
        return command;
    }
}
