using System.CommandLine;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Cli.Training;
using Proximal.Runs;

namespace Proximal.Cli.Commands;

/// <summary><c>proximal runs</c>: what has been trained.</summary>
internal static class RunsCommand
{
    private const string DefaultFolder = "runs";

    public static Command Create(Terminal terminal)
    {
        Argument<string> folder = new("folder")
        {
            HelpName = "FOLDER",
            Description = "Folder of runs; runs by default.",
            DefaultValueFactory = _ => DefaultFolder,
        };
        Option<bool> json = new("--json") { Description = "Prints JSON for machines." };
        ExampleCommand command = new(
            "runs",
            "List runs with their state, last step, reward and time. A run that stopped is continued by the command that started it.",
            "proximal runs",
            "proximal runs show runs/digit-completion",
            "proximal runs plot runs/first runs/second --out curves.svg");
        command.Arguments.Add(folder);
        command.Options.Add(json);
        command.Subcommands.Add(CreateShow(terminal));
        command.Subcommands.Add(RunsPlotCommand.Create(terminal));
        command.SetAction(line =>
        {
            string place = line.GetRequiredValue(folder);
            bool none = place == DefaultFolder && !Directory.Exists(place);
            return List(terminal, none ? [] : RunReader.Find(place), place, line.GetValue(json));
        });
        return command;
    }

    private static int List(Terminal terminal, IReadOnlyList<RunReader> found, string place, bool json)
    {
        List<RunEntry> runs = [];
        int exitCode = ExitCode.Success;
        foreach (RunReader run in found)
        {
            try
            {
                runs.Add(RunEntry.Read(run));
            }
            catch (InvalidDataException damage)
            {
                exitCode = ErrorReport.Write(terminal, damage);
            }
        }

        if (json)
        {
            JsonText.WriteIndented(terminal.Output, writer => RunJson.Write(writer, runs));
        }
        else if (found.Count == 0)
        {
            terminal.Output.WriteLine($"No runs in {TrainingText.Place(Path.GetFullPath(place))}. `proximal train RECIPE` makes one.");
        }
        else
        {
            WriteTable(terminal, runs);
        }

        return exitCode;
    }

    private static ExampleCommand CreateShow(Terminal terminal)
    {
        Argument<string> folder = new("run") { HelpName = "RUN", Description = "The run's folder." };
        Option<bool> json = new("--json") { Description = "Prints JSON for machines." };
        ExampleCommand command = new("show", "Show one run: its measurements, its learning curve and its files.", "proximal runs show runs/digit-completion");
        command.Arguments.Add(folder);
        command.Options.Add(json);
        command.SetAction(line =>
        {
            RunReader run = new(new RunFolder(line.GetRequiredValue(folder)));
            RunEntry entry = RunEntry.Read(run);
            if (line.GetValue(json))
            {
                JsonText.WriteIndented(terminal.Output, writer => RunJson.Write(writer, entry));
            }
            else
            {
                Show(terminal, entry);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void WriteTable(Terminal terminal, List<RunEntry> runs)
    {
        TextTable table = new(new TableColumn("run", IsPath: true), "state", "step", Number("reward"), Number("exact"), Number("held-out"), Number("time"));
        foreach (RunEntry entry in runs)
        {
            table.Add(TrainingText.Place(entry.Run.Folder.Path), State(entry.State), entry.Step, entry.Reward, entry.Exact, entry.HeldOut, Readable.Duration(entry.Seconds));
        }

        table.Write(terminal);

        static TableColumn Number(string title) => new(title, IsNumber: true);
    }

    private static void Show(Terminal terminal, RunEntry entry)
    {
        RunReader run = entry.Run;
        terminal.Output.WriteLine(terminal.Paint(TrainingText.Place(run.Folder.Path), Ink.Bold));
        terminal.Output.WriteLine($"{State(entry.State).Text}, {(entry.Control is null ? "" : "step ")}{entry.Step}, {Readable.Duration(entry.Seconds)} of training");
        entry.WriteResults(terminal);
        terminal.Output.WriteLine();
        TextTable files = new("file", "holds");
        foreach ((string path, string content) in ((string, string)[])
        [
            (run.Folder.Recipe, "the recipe with every value"),
            (run.Folder.Metrics, "metrics of every step, one JSON object a line"),
            (run.Folder.Samples, "rollouts, one JSON object a line"),
            (run.Folder.Events, "the metrics for TensorBoard"),
            (run.Folder.Checkpoints, "checkpoints, from which training continues"),
            (run.Folder.Model, entry.Control is null ? "the trained model in Hugging Face layout" : "the trained policy"),
            (run.Folder.FailedBatch, "the rollouts of the step that failed"),
        ])
        {
            if (Path.Exists(path))
            {
                files.Add(Path.GetFileName(path), content);
            }
        }

        files.Write(terminal);
    }

    private static TableCell State(RunState state) => state switch
    {
        RunState.Finished => new TableCell("finished", Ink.Green),
        RunState.Running => new TableCell("running", Ink.Cyan),
        _ => new TableCell("stopped", Ink.Yellow),
    };
}
