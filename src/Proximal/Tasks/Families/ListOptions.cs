namespace Proximal.Tasks.Families;

/// <summary>Options of <see cref="ListTask"/>: lists of difficulty + 2 digits.</summary>
public sealed record ListOptions : ProceduralOptions
{
    /// <summary>The operations to draw from: sort, rev, max, kth (the k-th smallest), uniq (first occurrences).</summary>
    public IReadOnlyList<string> Operations { get; init; } = ["sort", "rev"];

    /// <inheritdoc/>
    protected override int MaximumDifficulty => 30;

    /// <inheritdoc/>
    public override string? FindFault() =>
        base.FindFault() ?? OptionChecks.Holds(
            Operations.Count > 0 && Operations.All(operation => ListTask.KnownOperations.Contains(operation)),
            "operations", string.Join(", ", Operations), "some of sort, rev, max, kth, uniq");
}
