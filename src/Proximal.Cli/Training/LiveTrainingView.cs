using System.Globalization;
using Proximal.Analysis.Health;
using Proximal.Cli.Health;
using Proximal.Cli.Terminals;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Cli.Training;

/// <summary>Shows a run on a terminal: a bar for the stage and its numbers, and lines that stay for finished stages and measurements.</summary>
internal sealed class LiveTrainingView(Terminal terminal) : LiveView(terminal), ITrainingView
{
    private readonly StageClock clock = new();
    private double heldOut = double.NaN;

    protected override bool IsUnderway => clock.Last is { } last && last.Step < last.Steps;

    protected override string Iteration => "step";

    public void Started(TrainingStart start) => Show(() =>
    {
        Print(Terminal.Paint(TrainingText.Describe(start), Ink.Bold));
        if (TrainingText.Continuation(start) is { } continuation)
        {
            Print(continuation);
        }

        if (start.Position.Stage != TrainingStage.Finished)
        {
            Wait("preparing ...");
        }
    });

    public void StepFinished(StepReport report) => Show(() =>
    {
        clock.Add(report);
        if (report.Step == report.Steps)
        {
            Print(Bar(report, $"in {Readable.Duration(clock.Elapsed)}"));
            Wait(ProgressBar.Below(Terminal, "measuring on held-out problems ..."));
        }
        else
        {
            DrawSoon();
        }
    });

    public void Evaluated(EvaluationResult evaluation) => Show(() =>
    {
        heldOut = evaluation.Exact;
        if (clock.Last is not { } last || last.Step == last.Steps)
        {
            Print($"{"held-out",-ProgressBar.NameWidth}{TrainingText.Describe(evaluation)}");
        }
    });

    public void CheckpointWritten(string folder)
    {
    }

    public void Found(Finding finding)
    {
        if (finding.Severity > Severity.Note)
        {
            Show(() => Print(FindingText.Line(Terminal, finding)));
        }
    }

    public void Listening(string token) => Show(() => Print(RunEventText.Listening(token)));

    public void Controlled(RunEvent one) => Show(() => Print(Terminal.Paint(RunEventText.Line(one), Ink.Cyan)));

    public void Ended(TrainingOutcome outcome) => Show(() =>
        End(!outcome.Finished && clock.Last is { } last ? Bar(last, $"in {Readable.Duration(clock.Elapsed)}") : null));

    protected override string[] Rows()
    {
        if (clock.Last is not { } last)
        {
            return [];
        }

        string results = TrainingText.Results(last) + (double.IsNaN(heldOut) ? "" : $"  held-out {Readable.Share(heldOut)}");
        string times = string.Create(CultureInfo.InvariantCulture, $"{Readable.Duration(clock.Elapsed)}, {Readable.Duration(clock.Left)} left");
        return [Bar(last, times), ProgressBar.Below(Terminal, results), ProgressBar.Below(Terminal, TrainingText.Health(last))];
    }

    private string Bar(StepReport report, string text) =>
        ProgressBar.Draw(Terminal, TrainingText.Name(report.Stage), report.Step, report.Steps, string.Create(CultureInfo.InvariantCulture, $"{report.Step}/{report.Steps}"), text);
}
