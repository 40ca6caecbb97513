namespace Proximal.Analysis.Health;

/// <summary>A number that a finding rests on.</summary>
/// <param name="Name">What it is, as <c>entropy of the first steps</c>.</param>
/// <param name="Value">The number; may be NaN where the run did not log it.</param>
public readonly record struct FindingNumber(string Name, double Value);
