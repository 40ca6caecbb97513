using System.Diagnostics;
using System.Globalization;
using Proximal.Analysis.Health;
using Proximal.Cli.Health;
using Proximal.Cli.Terminals;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Cli.Training;

/// <summary>Shows a run in a file or a log: a line now and then, at least every tenth of a stage and every ten seconds.</summary>
internal sealed class PlainTrainingView(Terminal terminal) : ITrainingView
{
    private const int LinesPerStage = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly StageClock clock = new();
    private long lastLine = Stopwatch.GetTimestamp();

    public void Started(TrainingStart start)
    {
        Write(TrainingText.Describe(start));
        if (TrainingText.Continuation(start) is { } continuation)
        {
            Write(continuation);
        }
    }

    public void StepFinished(StepReport report)
    {
        clock.Add(report);
        int every = Math.Max(1, report.Steps / LinesPerStage);
        if (report.Step == 1 || report.Step == report.Steps || report.Step % every == 0 || Stopwatch.GetElapsedTime(lastLine) > Patience)
        {
            Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{TrainingText.Name(report.Stage)} {report.Step}/{report.Steps}  {TrainingText.Results(report)}  {TrainingText.Health(report)}  {Readable.Duration(clock.Left)} left"));
        }
    }

    public void Evaluated(EvaluationResult evaluation) => Write($"held-out {TrainingText.Describe(evaluation)}");

    public void CheckpointWritten(string folder)
    {
    }

    public void Stopping() => terminal.Error.WriteLine("stopping after this step; Ctrl-C again stops at once");

    public void Found(Finding finding)
    {
        if (finding.Severity > Severity.Note)
        {
            Write(FindingText.Line(terminal, finding));
        }
    }

    public void Listening(string token) => Write(RunEventText.Listening(token));

    public void Controlled(RunEvent one) => Write(RunEventText.Line(one));

    public void Ended(TrainingOutcome outcome)
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
