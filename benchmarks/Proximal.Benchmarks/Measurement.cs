using System.Diagnostics;

namespace Proximal.Benchmarks;

/// <summary>Times of an action that was repeated for a while on a machine that others use too.</summary>
/// <param name="Best">Seconds of the fastest repetition by the wall clock.</param>
/// <param name="Processor">Processor seconds of a repetition on average, all threads together.</param>
internal readonly record struct Measurement(double Best, double Processor)
{
    /// <summary>Repeats an action after one call that warms it up.</summary>
    /// <param name="action">What is measured.</param>
    /// <param name="seconds">How long to repeat it.</param>
    public static Measurement Of(Action action, double seconds = 0.25)
    {
        action();
        double best = double.MaxValue;
        int count = 0;
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds || count < 3)
        {
            long before = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(before).TotalSeconds);
            count++;
        }

        return new Measurement(best, (Environment.CpuUsage.TotalTime - processor).TotalSeconds / count);
    }
}
