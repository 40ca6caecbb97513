using System.CommandLine;
using Proximal.Analysis.Comparisons;
using Proximal.Cli.Comparisons;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Cli.Training;
using Proximal.Comparisons;
using Proximal.Control.Comparisons;
using Proximal.Control.Runs;
using Proximal.Tensors;

namespace Proximal.Cli.Commands;

/// <summary><c>proximal compare</c>: trains recipes side by side and reports on them.</summary>
internal sealed class CompareCommand
{
    private const string ComparisonsFolder = "comparisons";
    private const int MostTogether = 1024;

    private static readonly string[] PolicyMetrics = ["evaluation/exact", "evaluation/reward", "evaluation/response-tokens"];
    private static readonly string[] PolicyCurves = ["evaluation/exact", "reward/mean", "policy/entropy", "response/tokens"];
    private static readonly string[] ControlMetrics = ["evaluation/return", "evaluation/length"];
    private static readonly string[] ControlCurves = ["evaluation/return", ControlRuns.ReturnMetric];

    private readonly Terminal terminal;
    private readonly StudyInput input = new();
    private readonly Option<string?> folder = new("--out") { HelpName = "FOLDER", Description = "Where the runs and the report lie; comparisons/NAME by default." };
    private readonly Option<int?> together = NumberOptions.Integer("--jobs", "N", "Runs that are trained at the same time; as many as there are cores by default.", 1, MostTogether);
    private readonly Option<bool> fresh = new("--fresh") { Description = "Deletes the runs that lie there and starts over." };
    private readonly Option<bool> yes = new("--yes", "-y") { Description = "Deletes without asking, with --fresh." };
    private readonly Option<bool> json = new("--json") { Description = "Prints one JSON object a line for each event, for machines." };
    private readonly Option<bool> quiet = new("--quiet", "-q") { Description = "Prints the result only." };

    private CompareCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        CompareCommand compare = new(terminal);
        ExampleCommand command = new(
            "compare",
            "Compare methods on equal terms: train several recipes, or variants of one, with the same seeds, tasks and prompts, side by side on the cores there are. "
            + "Ends with a table and a report as web page, Markdown and CSV: learning curves, intervals over seeds, probability of improvement over the first, and cost. "
            + "Ctrl-C stops after a step; the same command again does only what is missing.",
            "proximal compare recipes/baselines/grpo.yaml recipes/baselines/dapo.yaml --seeds 1-5",
            "proximal compare recipes/baselines/grpo.yaml --vary gspo --vary 'clip-higher: policy.clipping.high=0.28'",
            "proximal compare recipes/studies/clipping.yaml");
        compare.input.AddTo(command);
        foreach (Option option in (IEnumerable<Option>)[compare.folder, compare.together, compare.fresh, compare.yes, compare.json, compare.quiet])
        {
            command.Options.Add(option);
        }

        command.SetAction(compare.Run);
        return command;
    }

    private int Run(ParseResult line)
    {
        Study study = input.Read(line);
        bool isControl = StudyInput.IsControl(study);
        string place = line.GetValue(folder) ?? Path.Combine(ComparisonsFolder, study.Name);
        int count = Math.Min(study.Variants.Count * study.Seeds.Count, line.GetValue(together) ?? Workers.DefaultCount);

        // Every core works, and none has more than one thread: runs first, then threads within a run.
        int workers = Math.Max(1, Workers.DefaultCount / count);
        IReadOnlyList<ComparedRun> runs = isControl ? ControlRun.Of(study, place, workers) : PolicyRun.Of(study, place, workers);
        Prepare(line, runs, place);

        IReadOnlyList<ComparedResult> results;
        using (IComparisonView view = CreateView(line, runs.Count))
        {
            using Interruption interruption = terminal.Listen();
            using CancellationTokenRegistration notice = interruption.Token.Register(view.Stopping);
            results = SideBySide.Train(runs, count, view, interruption.Token);
            view.Closed();
        }

        if (results.Any(result => !result.Finished && result.Failure is null))
        {
            DescribeStop(line, results);
            return ExitCode.Interrupted;
        }

        Comparison comparison = Measure(study, runs, results, isControl, count, workers);
        ComparisonReport.Write(comparison, place);
        if (line.GetValue(json))
        {
            JsonComparisonView.WriteReport(terminal, comparison, place);
        }
        else
        {
            ComparisonTable.Write(terminal, comparison, TrainingText.Place(Path.GetFullPath(place)));
        }

        return ReportFailures(results);
    }

    private static Comparison Measure(Study study, IReadOnlyList<ComparedRun> runs, IReadOnlyList<ComparedResult> results, bool isControl, int together, int workers)
    {
        string[] metrics = isControl ? ControlMetrics : PolicyMetrics, curves = isControl ? ControlCurves : PolicyCurves;
        string metric = study.Metric.Length > 0 ? study.Metric : metrics[0];
        MeasuredRun[] measured =
        [
            .. results.Select(result => MeasuredRun.Read(result.Run.Variant, result.Run.Seed, result.Run.Folder, [metric, .. metrics, .. curves]) with
            {
                Seconds = result.Finished ? result.Seconds : double.NaN,
                Failure = result.Failure,
            }),
        ];
        if (measured.All(run => !run.Curves.ContainsKey(metric)) && measured.Any(run => run.Failure is null))
        {
            throw new CommandFailure($"no run has a metric '{metric}'", "`proximal runs plot RUN --metric X` lists the metrics of a run");
        }

        RecipeTerms terms = new(runs);
        return new Comparison($"Comparison {study.Name}", [.. measured.OrderBy(run => study.Variants.Index().First(one => one.Item.Name == run.Method).Index)], metric, metrics, [metric, .. curves])
        {
            Warnings = terms.Inequalities,
            Notes = Notes(study, terms, together, workers),
            Differences = study.Variants.ToDictionary(variant => variant.Name, variant => (IReadOnlyList<string>)[.. terms[variant.Name].Select(term => term.ToString())]),
        };
    }

    private static string[] Notes(Study study, RecipeTerms terms, int together, int workers)
    {
        string equal = terms.Inequalities.Count == 0
            ? "Equal terms: task, environment, model, supervised stage, evaluation and batch are the same for all methods, and so are the seeds. "
            : "";
        string machine = FormattableString.Invariant($"Trained with seeds {SeedList.Format(study.Seeds)}, {together} at a time, {workers} thread{(workers == 1 ? "" : "s")} each.");
        return [$"{equal}With one seed all methods start from the same weights and see the same prompts in the same order, as far as these agree.", machine];
    }

    private void Prepare(ParseResult line, IReadOnlyList<ComparedRun> runs, string place)
    {
        ComparedRun[] there = [.. runs.Where(run => run.Folder.Exists)];
        if (line.GetValue(fresh))
        {
            if (there.Length > 0 && !line.GetValue(yes) && terminal.IsInputTerminal && !terminal.Confirm($"Delete {there.Length} runs below {place}?"))
            {
                throw new CommandFailure("nothing was deleted", "without --fresh the comparison continues", ExitCode.Failure);
            }

            Array.ForEach(there, run => run.Folder.Delete());
        }
        else if (there.Select(run => run.FindConflict()).FirstOrDefault(conflict => conflict is not null) is { } conflict)
        {
            throw new CommandFailure(conflict.TrimEnd('.'), "--out or --name takes another folder; --fresh deletes these runs and starts over");
        }
    }

    private IComparisonView CreateView(ParseResult line, int runs) =>
        line.GetValue(json) ? new JsonComparisonView(terminal) :
        line.GetValue(quiet) ? new QuietComparisonView() :
        terminal.IsOutputTerminal ? new LiveComparisonView(terminal, runs) :
        new PlainComparisonView(terminal);

    private void DescribeStop(ParseResult line, IReadOnlyList<ComparedResult> results)
    {
        if (line.GetValue(json))
        {
            return;
        }

        terminal.Output.WriteLine();
        terminal.Output.WriteLine(FormattableString.Invariant($"Stopped; {results.Count(result => result.Finished)} of {results.Count} runs are finished, and checkpoints hold the steps of the others"));
        terminal.Output.WriteLine($"Continue:  {ShellWords.Join([CommandTree.ExecutableName, .. line.Tokens.Select(t => t.Value).Where(word => word is not ("--fresh" or "--yes" or "-y"))])}");
    }

    private int ReportFailures(IReadOnlyList<ComparedResult> results)
    {
        ComparedResult[] failed = [.. results.Where(result => result.Failure is not null)];
        foreach (ComparedResult result in failed)
        {
            terminal.Error.WriteLine($"{terminal.PaintError("proximal:", Ink.Red)} {result.Run.Name}: {SafeText.OneLine(result.Failure!)}");
        }

        return failed.Length == 0 ? ExitCode.Success : ExitCode.Failure;
    }
}
