namespace Proximal.Tasks.Families;

/// <summary>The size of a puzzle.</summary>
/// <param name="People">How many people speak.</param>
/// <param name="Knights">How many of them are knights.</param>
public sealed record KnightsAndKnavesMetadata(int People, int Knights) : TaskMetadata;
