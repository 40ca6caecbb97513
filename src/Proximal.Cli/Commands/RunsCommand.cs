using System.CommandLine;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Cli.Training;
using Proximal.Recipes;
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
        Catalog catalog = Catalog.CreateDefault();
        List<(RunReader Run, RunSummary Summary)> runs = [];
        int exitCode = ExitCode.Success;
        foreach (RunReader run in found)
        {
            try
            {
                runs.Add((run, run.ReadSummary(catalog)));
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
            RunSummary summary = run.ReadSummary(Catalog.CreateDefault());
            if (line.GetValue(json))
            {
                JsonText.WriteIndented(terminal.Output, writer => RunJson.Write(writer, run, summary));
            }
            else
            {
                Show(terminal, run, summary);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void WriteTable(Terminal terminal, List<(RunReader Run, RunSummary Summary)> runs)
    {
        TextTable table = new(new TableColumn("run", IsPath: true), "state", "step", Number("reward"), Number("exact"), Number("held-out"), Number("time"));
        foreach ((RunReader run, RunSummary summary) in runs)
        {
            double heldOut = summary.Evaluations is [.., { } last] ? last.Exact : double.NaN;
            table.Add(
                TrainingText.Place(run.Folder.Path),
                State(summary),
                Step(summary),
                Readable.Number(summary.Reward),
                Readable.Share(summary.Exact),
                Readable.Share(heldOut),
                Readable.Duration(summary.Seconds));
        }

        table.Write(terminal);

        static TableColumn Number(string title) => new(title, IsNumber: true);
    }

    private static void Show(Terminal terminal, RunReader run, RunSummary summary)
    {
        terminal.Output.WriteLine(terminal.Paint(TrainingText.Place(run.Folder.Path), Ink.Bold));
        terminal.Output.WriteLine($"{State(summary).Text}, {Step(summary)}, {Readable.Duration(summary.Seconds)} of training");
        TrainingSummary.Write(terminal, run, summary.Evaluations);
        terminal.Output.WriteLine();
        TextTable files = new("file", "holds");
        foreach ((string path, string content) in ((string, string)[])
        [
            (run.Folder.Recipe, "the recipe with every value"),
            (run.Folder.Metrics, "metrics of every step, one JSON object a line"),
            (run.Folder.Samples, "rollouts, one JSON object a line"),
            (run.Folder.Events, "the metrics for TensorBoard"),
            (run.Folder.Checkpoints, "checkpoints, from which training continues"),
            (run.Folder.Model, "the trained model in Hugging Face layout"),
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

    private static TableCell State(RunSummary summary) => summary.State switch
    {
        RunState.Finished => new TableCell("finished", Ink.Green),
        RunState.Running => new TableCell("running", Ink.Cyan),
        _ => new TableCell("stopped", Ink.Yellow),
    };

    private static string Step(RunSummary summary) =>
        $"{TrainingText.Name(summary.Position.Stage)} {Readable.Count(summary.Position.Step)}{(summary.Steps is { } steps ? $"/{Readable.Count(steps)}" : "")}";
}
