using System.CommandLine;
using System.Globalization;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Control.Environments.TowerDefence;
using Proximal.Control.Rendering;
using Proximal.Tensors.Files;
using Proximal.Worlds.TowerDefence;

namespace Proximal.Cli.Tower;

/// <summary><c>proximal tower level</c>: shows and checks a level, and writes it as a file to edit.</summary>
internal static class TowerLevelCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> level = new("level") { HelpName = "LEVEL", Description = "L1 to L5, or a level file." };
        Option<string?> output = new("--out")
        {
            HelpName = "FILE",
            Description = "Writes the level as a file to edit (.json), as a picture (.svg), or as what agents see of it that see pixels (.png).",
        };
        ExampleCommand command = new(
            "level",
            "Show a level and check it; write it as a file that can be edited and played.",
            "proximal tower level L2",
            "proximal tower level L2 --out mine.json",
            "proximal tower level mine.json");
        command.Arguments.Add(level);
        command.Options.Add(output);
        command.SetAction(line =>
        {
            TowerLevel shown = TowerLevelFiles.Load(line.GetRequiredValue(level));
            if (line.GetValue(output) is { } path)
            {
                Write(shown, path);
                terminal.Output.WriteLine($"{SafeText.OneLine(shown.Name)} written to {SafeText.OneLine(path)}");
            }
            else
            {
                Show(terminal, shown);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(TowerLevel level, string path)
    {
        switch (Path.GetExtension(path))
        {
            case ".json":
                AtomicFile.WriteText(path, TowerLevelWriter.ToJson(level));
                break;
            case ".svg":
                AtomicFile.WriteText(path, TowerImage.Svg(new TowerWorld(level)));
                break;
            case ".png":
                AtomicFile.WriteBytes(path, TowerImage.PixelsPng(new TowerWorld(level), 6));
                break;
            default:
                throw new CommandFailure($"--out is '{path}', expected a file that ends in .json, .svg or .png");
        }
    }

    private static void Show(Terminal terminal, TowerLevel level)
    {
        foreach (string line in TowerText.Lines(new TowerWorld(level)))
        {
            terminal.Output.WriteLine(SafeText.OneLine(line));
        }

        terminal.Output.WriteLine();
        terminal.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"money {level.Money}, lives {level.Lives}, hit points x {level.HitPointMultiplier}, {level.Paths.Count} paths, {level.Enemies} enemies"));
        for (int wave = 0; wave < level.Waves.Count; wave++)
        {
            string groups = string.Join(", ", level.Waves[wave].Groups.Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count} {TowerNames.Of(group.Kind)}")));
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"wave {wave + 1}: {groups}, every {level.Waves[wave].Gap} s"));
        }
    }
}
