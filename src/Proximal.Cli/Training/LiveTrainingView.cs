using System.Diagnostics;
using System.Globalization;
using Proximal.Cli.Terminals;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Cli.Training;

/// <summary>
/// Shows a run on a terminal: a bar for the stage and its numbers, rewritten in place at most ten times a second, and lines that stay for finished
/// stages and measurements. A timer keeps the clock going during long steps.
/// </summary>
internal sealed class LiveTrainingView : ITrainingView
{
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly Terminal terminal;
    private readonly LiveBlock block;
    private readonly Timer timer;
    private readonly StageClock clock = new();
    private long drawn;
    private double heldOut = double.NaN;
    private bool stopping;
    private bool ended;

    public LiveTrainingView(Terminal terminal)
    {
        this.terminal = terminal;
        block = new LiveBlock(terminal.Output);
        timer = new Timer(_ => Tick(), null, TickInterval, TickInterval);
    }

    public void Started(TrainingStart start)
    {
        lock (gate)
        {
            block.Print(terminal.Paint(TrainingText.Describe(start), Ink.Bold));
            if (TrainingText.Continuation(start) is { } continuation)
            {
                block.Print(continuation);
            }

            if (start.Position.Stage != TrainingStage.Finished)
            {
                block.Draw("preparing ...");
            }
        }
    }

    public void StepFinished(StepReport report)
    {
        lock (gate)
        {
            clock.Add(report);
            if (report.Step == report.Steps)
            {
                block.Print(Bar(report, $"in {Readable.Duration(clock.Elapsed)}"));
                block.Draw($"{"",ProgressBar.NameWidth}measuring on held-out problems ...");
            }
            else if (Stopwatch.GetElapsedTime(drawn) >= RedrawInterval)
            {
                Draw();
            }
        }
    }

    public void Evaluated(EvaluationResult evaluation)
    {
        lock (gate)
        {
            heldOut = evaluation.Exact;
            if (clock.Last is not { } last || last.Step == last.Steps)
            {
                block.Print($"{"held-out",-ProgressBar.NameWidth}{TrainingText.Describe(evaluation)}");
            }
        }
    }

    public void CheckpointWritten(string folder)
    {
    }

    public void Stopping()
    {
        lock (gate)
        {
            stopping = true;
            Draw();
        }
    }

    public void Ended(TrainingOutcome outcome)
    {
        lock (gate)
        {
            ended = true;
            if (!outcome.Finished && clock.Last is { } last)
            {
                block.Print(Bar(last, $"in {Readable.Duration(clock.Elapsed)}"));
            }
            else
            {
                block.Draw();
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            ended = true;
        }

        timer.Dispose();
    }

    private void Tick()
    {
        lock (gate)
        {
            if (clock.Last is { } last && last.Step < last.Steps)
            {
                Draw();
            }
        }
    }

    private void Draw()
    {
        if (ended)
        {
            return;
        }

        drawn = Stopwatch.GetTimestamp();
        string note = stopping ? terminal.Paint($"{"",ProgressBar.NameWidth}stopping after this step; Ctrl-C again stops at once", Ink.Yellow) : "";
        if (clock.Last is not { } last)
        {
            block.Draw("preparing ...", note);
            return;
        }

        string results = TrainingText.Results(last) + (double.IsNaN(heldOut) ? "" : $"  held-out {Readable.Share(heldOut)}");
        string times = string.Create(CultureInfo.InvariantCulture, $"{Readable.Duration(clock.Elapsed)}, {Readable.Duration(clock.Left)} left");
        block.Draw(Bar(last, times), Indented(results), Indented(TrainingText.Health(last)), note);
    }

    private string Indented(string text) => ProgressBar.Below(terminal, text);

    private string Bar(StepReport report, string text) =>
        ProgressBar.Draw(terminal, TrainingText.Name(report.Stage), report.Step, report.Steps, string.Create(CultureInfo.InvariantCulture, $"{report.Step}/{report.Steps}"), text);
}
