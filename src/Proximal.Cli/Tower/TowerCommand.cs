using System.CommandLine;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;

namespace Proximal.Cli.Tower;

/// <summary><c>proximal tower</c>: the game of tower defence, for people and for agents.</summary>
internal static class TowerCommand
{
    public static Command Create(Terminal terminal)
    {
        ExampleCommand command = new(
            "tower",
            "Tower defence: play it, watch agents, measure them on the five levels, write levels.",
            "proximal tower play L1",
            "proximal tower watch L3 --agent expert --out expert.gif",
            "proximal tower bench --agents random,expert --games 20",
            "proximal tower level L2 --out mine.json");
        command.Subcommands.Add(TowerPlayCommand.Create(terminal));
        command.Subcommands.Add(TowerWatchCommand.Create(terminal));
        command.Subcommands.Add(TowerBenchCommand.Create(terminal));
        command.Subcommands.Add(TowerLevelCommand.Create(terminal));
        return command;
    }
}
