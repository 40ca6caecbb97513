using Proximal.Cli.Terminals;
using Proximal.Control.Environments;
using Proximal.Control.Learning;
using Proximal.Models;
using Proximal.Recipes;
using Proximal.Tensors.Safetensors;
using Proximal.Worlds.TowerDefence;

namespace Proximal.Cli;

/// <summary>Tells people what went wrong: <c>proximal: message</c>, and <c>help: what to do</c> where something can be done.</summary>
internal static class ErrorReport
{
    private const int WidestList = 80;

    /// <summary>Writes the failure and returns the exit code.</summary>
    public static int Write(Terminal terminal, Exception fault)
    {
        switch (fault)
        {
            case CommandFailure failure:
                return Write(terminal, failure.Message, failure.Help, failure.ExitCode);

            case RecipeException recipe:
                foreach (RecipeFault line in recipe.Faults)
                {
                    Write(terminal, $"{line.Position}: {line.Problem}", null, ExitCode.BadInput);
                    WriteKnown(terminal, line.Known);
                }

                return ExitCode.BadInput;

            case ArgumentException { ParamName: { } name } argument:
                return Write(terminal, argument.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal), null, ExitCode.BadInput);

            case TowerLevelException:
                return Write(terminal, fault.Message, null, ExitCode.BadInput);

            // The runtime's own words name neither what is wrong first nor what was expected.
            case FileNotFoundException { FileName: { } file } when fault.Message.StartsWith("Could not find", StringComparison.Ordinal):
                return Write(terminal, $"{file}: no such file.", null, ExitCode.BadInput);

            case ModelFormatException or SafetensorsException or InvalidDataException or FileNotFoundException or DirectoryNotFoundException or ArgumentException:
                return Write(terminal, fault.Message, null, ExitCode.BadInput);

            case IOException or UnauthorizedAccessException or NonFiniteException or LearningException or EnvironmentException:
                return Write(terminal, fault.Message, null, ExitCode.Failure);

            case OutOfMemoryException:
                return Write(terminal, "not enough memory", "see `proximal explain RECIPE` for an estimate; a smaller batch or model needs less", ExitCode.Failure);

            case OperationCanceledException:
                return Write(terminal, "interrupted", null, ExitCode.Interrupted);

            default:
                terminal.Error.WriteLine($"proximal: a fault in proximal itself: {fault}");
                return ExitCode.Failure;
        }
    }

    private static void WriteKnown(Terminal terminal, IReadOnlyList<string> known)
    {
        const string label = "known: ";
        if (known.Count > 0)
        {
            string list = Wrapping.Wrap(SafeText.OneLine(string.Join(", ", known)), Math.Min(terminal.Width, WidestList), label.Length);
            terminal.Error.WriteLine(terminal.PaintError(label.TrimEnd(), Ink.Cyan) + list[(label.Length - 1)..]);
        }
    }

    private static int Write(Terminal terminal, string message, string? help, int exitCode)
    {
        terminal.Error.WriteLine($"{terminal.PaintError("proximal:", Ink.Red)} {SafeText.OneLine(message)}");
        if (help is not null)
        {
            terminal.Error.WriteLine($"{terminal.PaintError("help:", Ink.Cyan)} {SafeText.OneLine(help)}");
        }

        return exitCode;
    }
}
