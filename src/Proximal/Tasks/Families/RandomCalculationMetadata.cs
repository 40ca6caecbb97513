namespace Proximal.Tasks.Families;

/// <summary>The value of a calculation.</summary>
/// <param name="Value">The exact result, rounded to a double.</param>
public sealed record RandomCalculationMetadata(double Value) : TaskMetadata;
