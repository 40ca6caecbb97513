using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Proximal.Analysis.Health;
using Proximal.Cli.Health;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Cli.Training;
using Proximal.Runs;

namespace Proximal.Cli.Commands;

/// <summary><c>proximal doctor</c>: what goes wrong with runs, and what to try.</summary>
internal static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string[]> folders = new("run") { HelpName = "RUN", Description = "Folders of runs, or folders that hold them.", Arity = ArgumentArity.OneOrMore };
        Option<bool> json = new("--json") { Description = "Prints JSON for machines." };
        ExampleCommand command = new(
            "doctor",
            "Examine runs for what commonly goes wrong, finished ones and such that go on: entropy collapse, reward hacking, saturated clipping and more, each with its evidence and what to try. "
            + "Exits with 0 where nothing is found beyond notes, and with 3 where there are warnings.",
            "proximal doctor runs/digit-completion",
            "proximal doctor runs --json");
        command.Arguments.Add(folders);
        command.Options.Add(json);
        command.SetAction(line =>
        {
            RunReader[] runs = [.. line.GetRequiredValue(folders).SelectMany(Find)];
            List<Examination> examinations = [.. runs.Select(Examination.Of)];
            if (line.GetValue(json))
            {
                JsonText.WriteIndented(terminal.Output, writer => Write(writer, examinations));
            }
            else
            {
                Write(terminal, examinations);
            }

            return examinations.Any(examination => examination.Findings.Any(finding => finding.Severity > Severity.Note)) ? ExitCode.Findings : ExitCode.Success;
        });
        return command;
    }

    private static IReadOnlyList<RunReader> Find(string folder) => RunReader.Find(folder) is { Count: > 0 } runs
        ? runs
        : throw new CommandFailure($"{TrainingText.Place(folder)}: no run lies here", "`proximal train RECIPE` makes one");

    private static void Write(Terminal terminal, List<Examination> examinations)
    {
        for (int i = 0; i < examinations.Count; i++)
        {
            if (i > 0)
            {
                terminal.Output.WriteLine();
            }

            Write(terminal, examinations[i]);
        }
    }

    private static void Write(Terminal terminal, Examination examination)
    {
        terminal.Output.WriteLine(terminal.Paint(TrainingText.Place(examination.Folder), Ink.Bold));
        string steps = examination.Steps == 1 ? "1 step" : $"{Readable.Count(examination.Steps)} steps";
        if (examination.Steps < MetricSeries.EnoughValues)
        {
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {steps} of policy optimization, too few to tell: {MetricSeries.EnoughValues} at least"));
            return;
        }

        if (!examination.HasMetrics)
        {
            terminal.Output.WriteLine($"  {steps}, but none of the metrics that the rules read");
            return;
        }

        if (examination.Findings.Count == 0)
        {
            terminal.Output.WriteLine($"  {terminal.Paint("healthy", Ink.Green)}: {steps}, {Doctor.Rules.Count} rules, no findings");
            return;
        }

        foreach (Finding finding in examination.Findings)
        {
            FindingText.Write(terminal, finding);
        }
    }

    private static void Write(Utf8JsonWriter json, List<Examination> examinations)
    {
        json.WriteStartArray();
        foreach (Examination examination in examinations)
        {
            json.WriteStartObject();
            json.WriteString("run", examination.Folder);
            json.WriteNumber("steps", examination.Steps);
            json.WriteStartArray("findings");
            foreach (Finding finding in examination.Findings)
            {
                json.WriteStartObject();
                FindingJson.WriteMembers(json, finding);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A run with what was found.</summary>
    private sealed record Examination(string Folder, int Steps, bool HasMetrics, IReadOnlyList<Finding> Findings)
    {
        public static Examination Of(RunReader run)
        {
            RunEvidence evidence = RunEvidence.Read(run);
            return new Examination(run.Folder.Path, evidence.StepCount, evidence.Names.Any(), Doctor.Examine(evidence));
        }
    }
}
