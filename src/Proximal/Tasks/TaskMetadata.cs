namespace Proximal.Tasks;

/// <summary>What a family keeps about an instance besides its texts (numbers, target, grid, ...): families that need it derive a record.</summary>
public record TaskMetadata
{
    /// <summary>No further data.</summary>
    public static TaskMetadata None { get; } = new();
}
