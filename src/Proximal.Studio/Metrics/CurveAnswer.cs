namespace Proximal.Studio.Metrics;

/// <summary>A metric as it was asked for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Total">Points within the ends before any was left out.</param>
/// <param name="Raw">The curve, with every lowest and highest value.</param>
/// <param name="Smooth">The smoothed curve; null where none was asked for.</param>
/// <param name="Means">Means over the buckets, NaN where one is empty; null where none were asked for.</param>
internal sealed record CurveAnswer(string Name, int Total, Curve Raw, Curve? Smooth, double[]? Means);
