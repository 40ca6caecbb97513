namespace Proximal.Studio.Metrics;

/// <summary>A metric against every axis.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Total">Points before any was left out.</param>
/// <param name="Steps">Steps. [points]</param>
/// <param name="Tokens">Tokens. [points]</param>
/// <param name="Seconds">Seconds. [points]</param>
/// <param name="Values">Values; NaN where one was not finite. [points]</param>
internal sealed record MetricSample(string Name, int Total, double[] Steps, double[] Tokens, double[] Seconds, double[] Values);
