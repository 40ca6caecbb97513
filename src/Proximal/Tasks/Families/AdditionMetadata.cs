namespace Proximal.Tasks.Families;

/// <summary>The numbers of an addition.</summary>
/// <param name="First">First summand.</param>
/// <param name="Second">Second summand.</param>
/// <param name="Carries">How many columns carry.</param>
public sealed record AdditionMetadata(int First, int Second, int Carries) : TaskMetadata;
