namespace Proximal.Analysis.Curves;

/// <summary>One curve of a plot: a value over steps, measured in one run or in several that differ by their seed.</summary>
public sealed class CurveSeries
{
    /// <summary>Most points of all runs together.</summary>
    public const int MaximumPoints = 20_000_000;

    /// <summary>Creates the curve of several runs over common steps.</summary>
    /// <param name="name">Name in the legend.</param>
    /// <param name="steps">Places on the horizontal axis, not falling. [steps]</param>
    /// <param name="runs">Values of each run, NaN where nothing was measured. [runs][steps]</param>
    /// <exception cref="ArgumentException">A run has another number of values, the steps fall or are not finite, or there are too many.</exception>
    public CurveSeries(string name, IReadOnlyList<double> steps, IReadOnlyList<IReadOnlyList<double>> runs)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(runs);
        if ((long)steps.Count * Math.Max(1, runs.Count) > MaximumPoints)
        {
            throw new ArgumentException($"Series '{name}' has {runs.Count} runs of {steps.Count} steps, more than {MaximumPoints} points.", nameof(runs));
        }

        for (int i = 0; i < steps.Count; i++)
        {
            if (!double.IsFinite(steps[i]) || (i > 0 && steps[i] < steps[i - 1]))
            {
                throw new ArgumentException($"Series '{name}' has steps that are not finite or fall at index {i}.", nameof(steps));
            }
        }

        foreach (IReadOnlyList<double> run in runs)
        {
            if (run.Count != steps.Count)
            {
                throw new ArgumentException($"Series '{name}' has a run of {run.Count} values over {steps.Count} steps.", nameof(runs));
            }
        }

        Name = name;
        Steps = [.. steps];
        Runs = [.. runs.Select(static run => run.ToArray())];
    }

    /// <summary>Creates the curve of one run.</summary>
    /// <param name="name">Name in the legend.</param>
    /// <param name="steps">Places on the horizontal axis, not falling. [steps]</param>
    /// <param name="values">Values, NaN where nothing was measured. [steps]</param>
    public CurveSeries(string name, IReadOnlyList<double> steps, IReadOnlyList<double> values)
        : this(name, steps, [values])
    {
    }

    /// <summary>Name in the legend.</summary>
    public string Name { get; }

    internal double[] Steps { get; }

    internal double[][] Runs { get; }
}
