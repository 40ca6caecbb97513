namespace Proximal.Studio.Metrics;

/// <summary>Points of a metric.</summary>
/// <param name="X">Where they lie, ascending. [points]</param>
/// <param name="Y">Their values; NaN where one was not finite. [points]</param>
internal sealed record Curve(double[] X, double[] Y)
{
    public static Curve Empty { get; } = new([], []);
}
