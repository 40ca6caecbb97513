using Proximal.Runs;

namespace Proximal.Analysis.Comparisons;

/// <summary>One run of a comparison, as far as a report needs it.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Curves">Metrics by name.</param>
public sealed record MeasuredRun(string Method, int Seed, IReadOnlyDictionary<string, MetricCurve> Curves)
{
    /// <summary>Name of the metric that counts sampled tokens.</summary>
    public const string SampledTokens = "cost/sampled-tokens";

    /// <summary>Name of the metric that counts tokens that were learned from.</summary>
    public const string TrainedTokens = "cost/trained-tokens";

    /// <summary>Name of the metric that measures the seconds of a step.</summary>
    public const string StepSeconds = "time/step-seconds";

    /// <summary>Seconds of training; NaN where nobody measured them.</summary>
    public double Seconds { get; init; } = double.NaN;

    /// <summary>Why the run is not finished; null for one that is.</summary>
    public string? Failure { get; init; }

    /// <summary>Reads the metrics of a run.</summary>
    /// <param name="method">Name of the method.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="folder">Where the run lies.</param>
    /// <param name="metrics">The metrics that are wanted; those that the run lacks are left out.</param>
    /// <exception cref="InvalidDataException">A line is damaged; names file and line.</exception>
    public static MeasuredRun Read(string method, int seed, RunFolder folder, IEnumerable<string> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        RunReader reader = new(folder);
        Dictionary<string, MetricCurve> curves = new(StringComparer.Ordinal);
        foreach (string metric in metrics.Concat([SampledTokens, TrainedTokens, StepSeconds]).Distinct())
        {
            (double[] steps, double[] values) = reader.ReadCurve(metric);
            if (values.Length > 0)
            {
                curves.Add(metric, new MetricCurve(steps, values));
            }
        }

        return new MeasuredRun(method, seed, curves);
    }

    /// <summary>What a metric came to: of held-out measurements the last one, of others the mean over the last tenth of the steps. NaN where the run lacks it or is not finished.</summary>
    public double Final(string metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        MetricCurve curve = Failure is null && Curves.TryGetValue(metric, out MetricCurve? measured) ? measured : MetricCurve.Empty;
        return metric.StartsWith("evaluation/", StringComparison.Ordinal) ? curve.Last : curve.Tail;
    }

    /// <summary>The sum of a metric over all steps; NaN where the run lacks it.</summary>
    public double Total(string metric) => (Curves.GetValueOrDefault(metric) ?? MetricCurve.Empty).Total;
}
