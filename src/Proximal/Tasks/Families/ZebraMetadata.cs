namespace Proximal.Tasks.Families;

/// <summary>The size of a zebra puzzle.</summary>
/// <param name="Houses">How many houses.</param>
/// <param name="Attributes">How many attributes each has.</param>
/// <param name="Clues">How many clues are given.</param>
public sealed record ZebraMetadata(int Houses, int Attributes, int Clues) : TaskMetadata;
