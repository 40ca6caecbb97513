namespace Proximal.Tasks.Data;

/// <summary>The answer field as it stands in the file.</summary>
/// <param name="Solution">The worked solution, final answer included.</param>
public sealed record JsonlMetadata(string Solution) : TaskMetadata;
