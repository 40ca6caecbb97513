using System.CommandLine;
using Proximal.Analysis.Curves;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Cli.Training;
using Proximal.Control.Runs;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Tensors.Files;

namespace Proximal.Cli.Commands;

/// <summary><c>proximal runs plot</c>: learning curves of runs over each other.</summary>
internal sealed class RunsPlotCommand
{
    private const string DefaultMetric = "reward/mean";

    private readonly Terminal terminal;
    private readonly Argument<string[]> runs = new("run") { HelpName = "RUN", Description = "Folders of runs; each is a curve.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> metric = new("--metric") { HelpName = "NAME", Description = "What is plotted: reward/mean by default, episode/return of control runs, evaluation/exact, policy/entropy, ..." };
    private readonly Option<string?> stage = new("--stage") { HelpName = "STAGE", Description = "policy, preferences, supervised or teacher; by default policy where the metric has it." };
    private readonly Option<double?> smoothing = NumberOptions.Number("--smoothing", "W", "Weight of the past in a moving average, 0 to 0.99; 0 by default.", 0, 0.99);
    private readonly Option<string?> output = new("--out") { HelpName = "FILE", Description = "An .svg or .png file; without it the plot is drawn on the terminal." };

    private RunsPlotCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        RunsPlotCommand plot = new(terminal);
        ExampleCommand command = new(
            "plot",
            "Plot learning curves of one or several runs, on the terminal or into a picture.",
            "proximal runs plot runs/digit-completion",
            "proximal runs plot runs/a runs/b --metric evaluation/exact --out curves.svg");
        command.Arguments.Add(plot.runs);
        command.Options.Add(plot.metric);
        command.Options.Add(plot.stage);
        command.Options.Add(plot.smoothing);
        command.Options.Add(plot.output);
        command.SetAction(plot.Run);
        return command;
    }

    private int Run(ParseResult line)
    {
        RunFolder[] folders = [.. line.GetRequiredValue(runs).Select(run => new RunFolder(run))];
        string name = line.GetValue(metric) ?? MetricOf(folders);
        TrainingStage? only = StageOf(line);
        CurveSeries[] curves = [.. folders.Select(run => Read(new RunReader(run), name, only))];
        double weight = line.GetValue(smoothing) ?? 0;
        if (line.GetValue(output) is not { } path)
        {
            terminal.Output.Write(CurveText.Chart(
                curves, new CurveTextOptions { Title = name, Width = terminal.Width, Smoothing = weight, Colored = terminal.PaintsOutput }));
            return ExitCode.Success;
        }

        CurvePlotOptions options = new() { Title = name, YLabel = name, Smoothing = weight };
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".svg":
                AtomicFile.WriteText(path, CurvePlot.ToSvg(curves, options));
                break;
            case ".png":
                AtomicFile.WriteBytes(path, CurvePlot.ToPng(curves, options));
                break;
            default:
                throw new CommandFailure($"--out is '{path}', expected a file that ends in .svg or .png");
        }

        terminal.Output.WriteLine($"Wrote {SafeText.OneLine(path)}");
        return ExitCode.Success;
    }

    /// <summary>Of control runs the return of the episodes that they learn from, where all have it, else that of evaluations.</summary>
    private static string MetricOf(RunFolder[] runs) =>
        !runs.All(run => run.IsControlRun) ? DefaultMetric :
        runs.All(run => new RunReader(run).ReadMetricNames().Contains(ControlRuns.ReturnMetric)) ? ControlRuns.ReturnMetric :
        "evaluation/return";

    private TrainingStage? StageOf(ParseResult line) => line.GetValue(stage) switch
    {
        null => null,
        "policy" => TrainingStage.Policy,
        "preferences" => TrainingStage.Preferences,
        "supervised" => TrainingStage.Supervised,
        "teacher" => TrainingStage.Teacher,
        var other => throw new CommandFailure($"--stage is '{other}', expected policy, preferences, supervised or teacher"),
    };

    private static CurveSeries Read(RunReader run, string metric, TrainingStage? only)
    {
        (double[] steps, double[] values) = run.ReadCurve(metric, only);
        if (values.Length > 0)
        {
            return new CurveSeries(TrainingText.Place(run.Folder.Path), steps, values);
        }

        IReadOnlyList<string> names = run.ReadMetricNames();
        string known = names.Count == 0 ? "it has no metrics yet" : $"it has {string.Join(", ", names)}";
        throw new CommandFailure(
            $"{TrainingText.Place(run.Folder.Path)}: no metric '{metric}'; {known}", EditDistance.Nearest(metric, names) is { } nearest ? $"did you mean '{nearest}'?" : null);
    }
}
