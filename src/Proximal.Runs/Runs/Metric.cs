namespace Proximal.Runs;

/// <summary>A named number of a step.</summary>
/// <param name="Name">Stable name with a family before the slash, as <c>policy/entropy</c>.</param>
/// <param name="Value">The number; may be NaN where it could not be computed.</param>
public readonly record struct Metric(string Name, double Value);
