using System.CommandLine;
using System.Globalization;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Worlds.TowerDefence;
using Proximal.Worlds.TowerDefence.Games;

namespace Proximal.Cli.Tower;

/// <summary><c>proximal tower play</c>: a person plays, by keys where there is a keyboard, by lines elsewhere.</summary>
internal sealed class TowerPlayCommand
{
    private readonly Terminal terminal;
    private readonly Argument<string> level = new("level") { HelpName = "LEVEL", Description = "L1 to L5, or a level file.", DefaultValueFactory = _ => "L1" };
    private readonly Option<int?> seed = NumberOptions.Integer("--seed", "N", "Seed of the game; 1 by default.", 0, int.MaxValue);
    private readonly Option<string?> save = new("--out") { HelpName = "FILE", Description = "Saves the game at its end, to be watched again (.jsonl)." };
    private readonly Option<bool> lines = new("--lines") { Description = "Reads lines although there is a keyboard." };

    private TowerPlayCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        TowerPlayCommand play = new(terminal);
        ExampleCommand command = new("play", "Play a level yourself. The key ? shows what can be done.", "proximal tower play L1", "proximal tower play mine.json --out game.jsonl");
        command.Arguments.Add(play.level);
        command.Options.Add(play.seed);
        command.Options.Add(play.save);
        command.Options.Add(play.lines);
        command.SetAction(play.Run);
        return command;
    }

    private int Run(ParseResult line)
    {
        if (line.GetValue(save) is { } given && Path.GetExtension(given) != ".jsonl")
        {
            throw new CommandFailure($"--out is '{given}', expected a file that ends in .jsonl");
        }

        TowerPlayer player = new(TowerLevelFiles.Load(line.GetValue(level) ?? "L1"), (ulong)(line.GetValue(seed) ?? 1));
        bool keys = terminal is { IsInputTerminal: true, IsOutputTerminal: true } && !line.GetValue(lines);
        bool ended = keys ? PlayByKeys(player, () => Console.ReadKey(intercept: true)) : PlayByLines(player);
        if (!ended)
        {
            terminal.Output.WriteLine("left the game");
            return ExitCode.Success;
        }

        terminal.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{TowerNames.Of(player.World.Outcome)}: score {player.World.Score:0.#} after {player.World.Decision} decisions"));
        if (line.GetValue(save) is { } path)
        {
            TowerGameWriter.WriteFile(player.Game(), path);
            terminal.Output.WriteLine($"saved to {SafeText.OneLine(path)}");
        }

        return ExitCode.Success;
    }

    private bool PlayByKeys(TowerPlayer player, Func<ConsoleKeyInfo> read)
    {
        LiveBlock block = new(terminal.Output);
        while (player.World.Running)
        {
            block.Draw([.. player.Screen().Select(text => SafeText.Shorten(text, terminal.Width))]);
            if (!player.Press(read()))
            {
                return false;
            }
        }

        block.Draw([.. player.Screen().Select(text => SafeText.Shorten(text, terminal.Width))]);
        return true;
    }

    private bool PlayByLines(TowerPlayer player)
    {
        Show(TowerText.Lines(player.World));
        terminal.Output.WriteLine("? for help");
        while (player.World.Running)
        {
            terminal.Output.Write("> ");
            terminal.Output.Flush();
            if (terminal.Input.ReadLine() is not { } text)
            {
                terminal.Output.WriteLine();
                return false;
            }

            if (player.Say(text) is not { } answer)
            {
                return false;
            }

            Show(answer);
        }

        return true;
    }

    private void Show(IReadOnlyList<string> texts)
    {
        foreach (string text in texts)
        {
            terminal.Output.WriteLine(SafeText.Shorten(text, terminal.Width));
        }
    }
}
