namespace Proximal.Analysis.Comparisons;

/// <summary>One metric of one run over its steps.</summary>
/// <param name="Steps">Steps, not falling. [points]</param>
/// <param name="Values">Values, NaN where one was not finite. [points]</param>
public sealed record MetricCurve(IReadOnlyList<double> Steps, IReadOnlyList<double> Values)
{
    /// <summary>A curve without points.</summary>
    public static MetricCurve Empty { get; } = new([], []);

    /// <summary>The first value; NaN without any.</summary>
    public double First => Values.Count > 0 ? Values[0] : double.NaN;

    /// <summary>The last value; NaN without any.</summary>
    public double Last => Values.Count > 0 ? Values[^1] : double.NaN;

    /// <summary>Sum of the values; NaN without any.</summary>
    public double Total => Values.Count > 0 ? Values.Sum() : double.NaN;

    /// <summary>Mean over the last tenth of the points, at least one: what a metric that was measured in learning came to. NaN without any.</summary>
    public double Tail => Values.Count > 0 ? Values.Skip(Values.Count - Math.Max(1, Values.Count / 10)).Average() : double.NaN;
}
