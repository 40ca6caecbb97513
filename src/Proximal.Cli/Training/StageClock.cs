using System.Diagnostics;
using Proximal.Training;

namespace Proximal.Cli.Training;

/// <summary>How long a stage has taken and will take, by the mean time of the steps that this process has done.</summary>
internal sealed class StageClock
{
    private long started;
    private int firstStep;

    /// <summary>The last finished step; null before the first.</summary>
    public StepReport? Last { get; private set; }

    /// <summary>Seconds since the stage began in this process.</summary>
    public double Elapsed => Last is null ? 0 : Stopwatch.GetElapsedTime(started).TotalSeconds;

    /// <summary>Seconds until the stage ends; NaN before the first step.</summary>
    public double Left { get; private set; } = double.NaN;

    /// <summary>Takes a finished step.</summary>
    public void Add(StepReport report)
    {
        if (Last is null || report.Stage != Last.Stage)
        {
            double seconds = report["time/step-seconds"];
            started = Stopwatch.GetTimestamp() - (long)(double.IsFinite(seconds) ? seconds * Stopwatch.Frequency : 0);
            firstStep = report.Step - 1;
        }

        Last = report;
        Left = Elapsed / (report.Step - firstStep) * (report.Steps - report.Step);
    }
}
