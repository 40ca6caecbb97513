using System.CommandLine;
using System.Globalization;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Control.Environments.TowerDefence;
using Proximal.Worlds.TowerDefence;
using Proximal.Worlds.TowerDefence.Games;

namespace Proximal.Cli.Tower;

/// <summary><c>proximal tower watch</c>: a game of an agent or a saved one, in the terminal or as an animated picture.</summary>
internal sealed class TowerWatchCommand
{
    private const int DefaultFramesPerSecond = 5;

    private readonly Terminal terminal;
    private readonly TowerInput input = new();
    private readonly Argument<string> what = new("what") { HelpName = "LEVEL|GAME", Description = "L1 to L5, a level file, or a saved game (.jsonl)." };
    private readonly Option<string> agent = new("--agent") { HelpName = "NAME", Description = $"Who plays: {TowerAgents.Known}.", DefaultValueFactory = _ => "expert" };
    private readonly Option<int?> seed = NumberOptions.Integer("--seed", "N", "Seed of the game; 1 by default.", 0, int.MaxValue);
    private readonly Option<int?> rate = NumberOptions.Integer("--rate", "N", "Decisions a second; 5 by default.", 1, 100);
    private readonly Option<string?> output = new("--out")
    {
        HelpName = "FILE",
        Description = "Writes the game instead of showing it: to be watched again (.jsonl), as an animated picture (.gif, .svg), or the moment with most enemies (.png: what agents see that see pixels).",
    };

    private TowerWatchCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        TowerWatchCommand watch = new(terminal);
        ExampleCommand command = new(
            "watch",
            "Watch an agent play, or a saved game.",
            "proximal tower watch L3",
            "proximal tower watch L5 --agent runs/tower-ppo --out game.jsonl",
            "proximal tower watch game.jsonl --out game.gif");
        command.Arguments.Add(watch.what);
        foreach (Option option in (IEnumerable<Option>)[watch.agent, watch.seed, watch.rate, watch.output, .. watch.input.Options])
        {
            command.Options.Add(option);
        }

        command.SetAction(watch.Run);
        return command;
    }

    private int Run(ParseResult line)
    {
        string? path = line.GetValue(output);
        if (path is not null && Path.GetExtension(path) is not (".jsonl" or ".gif" or ".svg" or ".png"))
        {
            throw new CommandFailure($"--out is '{path}', expected a file that ends in .jsonl, .gif, .svg or .png");
        }

        using Interruption interruption = terminal.Listen();
        TowerGame game = GameOf(line, interruption.Token);
        if (path is null)
        {
            Show(game, line.GetValue(rate) ?? DefaultFramesPerSecond, interruption.Token);
        }
        else
        {
            Write(game, path);
        }

        terminal.Output.WriteLine(SafeText.OneLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{game.Agent} on {game.Level.Name}, seed {game.Seed}: {TowerNames.Of(game.Outcome)} after {game.Moves.Count} decisions, score {game.Score:0.#}, return {game.Return:0.000}")));
        return ExitCode.Success;
    }

    private TowerGame GameOf(ParseResult line, CancellationToken cancellation)
    {
        string name = line.GetRequiredValue(what);
        if (Path.GetExtension(name) == ".jsonl")
        {
            return TowerGameReader.ReadFile(name);
        }

        TowerLevel level = TowerLevelFiles.Load(name);
        using TowerAgents created = new();
        return TowerGame.Play(created.Create(line.GetRequiredValue(agent), input.Settings(line)), level, (ulong)(line.GetValue(seed) ?? 1), cancellation: cancellation);
    }

    private static void Write(TowerGame game, string path)
    {
        switch (Path.GetExtension(path))
        {
            case ".jsonl":
                TowerGameWriter.WriteFile(game, path);
                break;
            case ".png":
                TowerWorld fullest = new(game.Level, game.Seed);
                game.Replay(world =>
                {
                    if (world.EnemyCount > fullest.EnemyCount)
                    {
                        fullest.CopyFrom(world);
                    }
                });
                Tensors.Files.AtomicFile.WriteBytes(path, TowerImage.PixelsPng(fullest, 6));
                break;
            default:
                TowerReplay.Record(game, path);
                break;
        }
    }

    /// <summary>Rewrites the picture in place on a terminal; elsewhere writes the first and the last.</summary>
    private void Show(TowerGame game, int perSecond, CancellationToken cancellation)
    {
        LiveBlock? block = terminal.IsOutputTerminal ? new LiveBlock(terminal.Output) : null;
        int decision = 0;
        game.Replay(world =>
        {
            cancellation.ThrowIfCancellationRequested();
            bool ends = decision++ == 0 || !world.Running;
            if (block is null && !ends)
            {
                return;
            }

            string[] lines = [.. TowerText.Lines(world).Select(text => SafeText.Shorten(text, terminal.Width))];
            if (block is not null)
            {
                block.Draw(lines);
                cancellation.WaitHandle.WaitOne(1000 / perSecond);
                return;
            }

            foreach (string text in lines)
            {
                terminal.Output.WriteLine(text);
            }

            terminal.Output.WriteLine();
        });
    }
}
