using System.Diagnostics;
using Proximal.Cli.Terminals;
using Proximal.Cli.Training;
using Proximal.Control.Runs;
using Proximal.Runs;

namespace Proximal.Cli.Control;

/// <summary>Shows a run in a file or a log: a line now and then, at least every tenth of the run and every ten seconds.</summary>
internal sealed class PlainControlView(Terminal terminal) : IControlView
{
    private const int Lines = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ControlClock clock = new();
    private long lastLine = Stopwatch.GetTimestamp();

    public void Started(ControlStart start)
    {
        clock.Start(start.Step);
        Write(ControlText.Describe(start));
        if (ControlText.Continuation(start) is { } continuation)
        {
            Write(continuation);
        }
    }

    public void Reported(ControlReport report)
    {
        int every = Math.Max(1, report.Steps / Lines);
        bool passes = clock.Last is not { } last || report.Step / every != last.Step / every;
        clock.Add(report);
        if (passes || report.Step >= report.Steps || Stopwatch.GetElapsedTime(lastLine) > Patience)
        {
            string[] parts = [$"step {ControlText.Steps(report)}", ControlText.Results(report), ControlText.Health(report), $"{Readable.Duration(clock.Left)} left"];
            Write(string.Join("  ", parts.Where(part => part.Length > 0)));
        }
    }

    public void Evaluated(ControlEvaluation evaluation) => Write($"evaluation {ControlText.Describe(evaluation)}");

    public void CheckpointWritten(string folder)
    {
    }

    public void Stopping() => terminal.Error.WriteLine("stopping after this iteration; Ctrl-C again stops at once");

    public void Listening(string token) => Write(RunEventText.Listening(token));

    public void Controlled(RunEvent one) => Write(RunEventText.Line(one));

    public void Ended(ControlOutcome outcome)
    {
    }

    public void Dispose()
    {
    }

    private void Write(string line)
    {
        terminal.Output.WriteLine(line);
        terminal.Output.Flush();
        lastLine = Stopwatch.GetTimestamp();
    }
}
