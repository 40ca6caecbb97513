using System.Diagnostics;
using Proximal.Control.Runs;

namespace Proximal.Cli.Control;

/// <summary>How long learning has taken and will take, by the mean time of the steps that this process has done.</summary>
internal sealed class ControlClock
{
    private long started = Stopwatch.GetTimestamp();
    private int firstStep;

    /// <summary>The last report; null before the first.</summary>
    public ControlReport? Last { get; private set; }

    /// <summary>Seconds since learning began in this process.</summary>
    public double Elapsed => Stopwatch.GetElapsedTime(started).TotalSeconds;

    /// <summary>Seconds until learning ends; NaN before the first report.</summary>
    public double Left { get; private set; } = double.NaN;

    /// <summary>Begins at a step.</summary>
    public void Start(int step)
    {
        firstStep = step;
        started = Stopwatch.GetTimestamp();
    }

    /// <summary>Takes a report.</summary>
    public void Add(ControlReport report)
    {
        Last = report;
        Left = Elapsed / (report.Step - firstStep) * Math.Max(0, report.Steps - report.Step);
    }
}
