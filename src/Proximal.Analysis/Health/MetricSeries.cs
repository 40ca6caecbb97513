using System.Runtime.InteropServices;
using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Health;

/// <summary>A metric over the steps at which it was logged with a finite value, and means over windows at its beginning, middle and end.</summary>
public sealed class MetricSeries
{
    /// <summary>Values below which a trend is not told from noise: the windows of the beginning and of the end are then apart, with as many values between them.</summary>
    public const int EnoughValues = 20;

    private const int SmallestWindow = 5;
    private const int LargestWindow = 50;

    private readonly List<int> steps = [];
    private readonly List<double> values = [];

    /// <summary>Number of values.</summary>
    public int Count => values.Count;

    /// <summary>Steps of the values, rising.</summary>
    public ReadOnlySpan<int> Steps => CollectionsMarshal.AsSpan(steps);

    /// <summary>The values.</summary>
    public ReadOnlySpan<double> Values => CollectionsMarshal.AsSpan(values);

    /// <summary>Values of a window: a tenth of all, at least 5 and at most 50.</summary>
    public int Window => Math.Min(Count, Math.Clamp(Count / 10, SmallestWindow, LargestWindow));

    /// <summary>Mean over the first window.</summary>
    public double Early => Mean(0);

    /// <summary>Mean over the window in the middle.</summary>
    public double Middle => Mean((Count - Window) / 2);

    /// <summary>Mean over the window before the last.</summary>
    public double Previous => Mean(Math.Max(0, Count - (2 * Window)));

    /// <summary>Mean over the last window.</summary>
    public double Late => Mean(Count - Window);

    /// <summary>Median of the last window, which single outliers do not move.</summary>
    public double LateMedian => Quantiles.Median(Values[(Count - Window)..]);

    /// <summary>Adds the value of a later step; one that is not finite is left out.</summary>
    /// <exception cref="ArgumentException">The step is not later than the last.</exception>
    public void Add(int step, double value)
    {
        if (steps.Count > 0 && step <= steps[^1])
        {
            throw new ArgumentException($"Step {step} follows step {steps[^1]}.", nameof(step));
        }

        if (double.IsFinite(value))
        {
            steps.Add(step);
            values.Add(value);
        }
    }

    /// <summary>The last step of the first window of the last stretch of windows that are all ill; -1 where the last window is not.</summary>
    /// <param name="isIll">Whether the mean of a window is ill.</param>
    public int Since(Func<double, bool> isIll)
    {
        ArgumentNullException.ThrowIfNull(isIll);
        int window = Window, since = -1;
        double sum = 0;
        for (int i = Count - 1; i >= 0; i--)
        {
            sum += values[i] - (i + window < Count ? values[i + window] : 0);
            if (i + window > Count)
            {
                continue;
            }

            if (!isIll(sum / window))
            {
                break;
            }

            since = steps[i + window - 1];
        }

        return since;
    }

    private double Mean(int start)
    {
        double sum = 0;
        foreach (double value in Values.Slice(start, Window))
        {
            sum += value;
        }

        return sum / Window;
    }
}
