namespace Proximal.Tasks.Families;

/// <summary>The list and what is done with it.</summary>
/// <param name="Operation">sort, rev, max, kth k or uniq.</param>
/// <param name="Values">The values in order.</param>
public sealed record ListMetadata(string Operation, IReadOnlyList<int> Values) : TaskMetadata;
