namespace Proximal.Tasks.Families;

/// <summary>A subset-sum problem.</summary>
/// <param name="Values">The values, ascending and distinct.</param>
/// <param name="Target">The sum to reach.</param>
public sealed record SubsetSumMetadata(IReadOnlyList<int> Values, int Target) : TaskMetadata;
