using System.Globalization;
using Proximal.Cli.Terminals;
using Proximal.Cli.Training;
using Proximal.Control.Runs;
using Proximal.Runs;

namespace Proximal.Cli.Control;

/// <summary>Shows a control run on a terminal: a bar and its numbers, and lines that stay for measurements.</summary>
internal sealed class LiveControlView(Terminal terminal) : LiveView(terminal), IControlView
{
    private readonly ControlClock clock = new();
    private double measured = double.NaN;
    private bool begun;

    protected override bool IsUnderway => clock.Last is { } last && last.Step < last.Steps;

    protected override string Iteration => "iteration";

    public void Started(ControlStart start) => Show(() =>
    {
        clock.Start(start.Step);
        begun = start.Continued;
        Print(Terminal.Paint(ControlText.Describe(start), Ink.Bold));
        if (ControlText.Continuation(start) is { } continuation)
        {
            Print(continuation);
        }

        if (!start.Finished)
        {
            Wait("preparing ...");
        }
    });

    public void Reported(ControlReport report) => Show(() =>
    {
        clock.Add(report);
        begun = true;
        if (report.Step >= report.Steps)
        {
            Print(Bar(report, $"in {Readable.Duration(clock.Elapsed)}"));
            Wait(ProgressBar.Below(Terminal, "measuring ..."));
        }
        else
        {
            DrawSoon();
        }
    });

    public void Evaluated(ControlEvaluation evaluation) => Show(() =>
    {
        measured = evaluation.Mean;
        if (!begun || clock.Last is { } last && last.Step >= last.Steps)
        {
            Print($"{"evaluation",-ProgressBar.NameWidth}{ControlText.Describe(evaluation)}");
        }
    });

    public void CheckpointWritten(string folder)
    {
    }

    public void Listening(string token) => Show(() => Print(RunEventText.Listening(token)));

    public void Controlled(RunEvent one) => Show(() => Print(Terminal.Paint(RunEventText.Line(one), Ink.Cyan)));

    public void Ended(ControlOutcome outcome) => Show(() =>
        End(!outcome.Finished && clock.Last is { } last ? Bar(last, $"in {Readable.Duration(clock.Elapsed)}") : null));

    protected override string[] Rows()
    {
        if (clock.Last is not { } last)
        {
            return [];
        }

        string results = ControlText.Results(last) + (double.IsNaN(measured) ? "" : $"  evaluation {Readable.Number(measured)}");
        string times = string.Create(CultureInfo.InvariantCulture, $"{Readable.Duration(clock.Elapsed)}, {Readable.Duration(clock.Left)} left");
        return [Bar(last, times), ProgressBar.Below(Terminal, results.Trim()), ProgressBar.Below(Terminal, ControlText.Health(last))];
    }

    private string Bar(ControlReport report, string text) => ProgressBar.Draw(Terminal, "learning", report.Step, report.Steps, ControlText.Steps(report), text);
}
