using System.Diagnostics;
using System.Globalization;
using Proximal.Cli.Terminals;
using Proximal.Control.Runs;

namespace Proximal.Cli.Control;

/// <summary>
/// Shows a control run on a terminal: a bar and its numbers, rewritten in place at most ten times a second, and lines that stay for
/// measurements. A timer keeps the clock going during long iterations.
/// </summary>
internal sealed class LiveControlView : IControlView
{
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly Terminal terminal;
    private readonly LiveBlock block;
    private readonly Timer timer;
    private readonly ControlClock clock = new();
    private long drawn;
    private double measured = double.NaN;
    private bool begun;
    private bool stopping;
    private bool ended;

    public LiveControlView(Terminal terminal)
    {
        this.terminal = terminal;
        block = new LiveBlock(terminal.Output);
        timer = new Timer(_ => Tick(), null, TickInterval, TickInterval);
    }

    public void Started(ControlStart start)
    {
        lock (gate)
        {
            clock.Start(start.Step);
            begun = start.Continued;
            block.Print(terminal.Paint(ControlText.Describe(start), Ink.Bold));
            if (ControlText.Continuation(start) is { } continuation)
            {
                block.Print(continuation);
            }

            if (!start.Finished)
            {
                block.Draw("preparing ...");
            }
        }
    }

    public void Reported(ControlReport report)
    {
        lock (gate)
        {
            clock.Add(report);
            begun = true;
            if (report.Step >= report.Steps)
            {
                block.Print(Bar(report, $"in {Readable.Duration(clock.Elapsed)}"));
                block.Draw(ProgressBar.Below(terminal, "measuring ..."));
            }
            else if (Stopwatch.GetElapsedTime(drawn) >= RedrawInterval)
            {
                Draw();
            }
        }
    }

    public void Evaluated(ControlEvaluation evaluation)
    {
        lock (gate)
        {
            measured = evaluation.Mean;
            if (!begun || clock.Last is { } last && last.Step >= last.Steps)
            {
                block.Print($"{"evaluation",-ProgressBar.NameWidth}{ControlText.Describe(evaluation)}");
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

    public void Ended(ControlOutcome outcome)
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
        string note = stopping ? terminal.Paint(ProgressBar.Below(terminal, "stopping after this iteration; Ctrl-C again stops at once"), Ink.Yellow) : "";
        if (clock.Last is not { } last)
        {
            block.Draw("preparing ...", note);
            return;
        }

        string results = ControlText.Results(last) + (double.IsNaN(measured) ? "" : $"  evaluation {Readable.Number(measured)}");
        string times = string.Create(CultureInfo.InvariantCulture, $"{Readable.Duration(clock.Elapsed)}, {Readable.Duration(clock.Left)} left");
        block.Draw(Bar(last, times), ProgressBar.Below(terminal, results.Trim()), ProgressBar.Below(terminal, ControlText.Health(last)), note);
    }

    private string Bar(ControlReport report, string text) => ProgressBar.Draw(terminal, "learning", report.Step, report.Steps, ControlText.Steps(report), text);
}
