namespace Proximal.Tasks.Families;

/// <summary>The fields of a structured answer.</summary>
/// <param name="Values">Field to JSON literal.</param>
public sealed record StructuredAnswerMetadata(IReadOnlyDictionary<string, string> Values) : TaskMetadata
{
    /// <summary>Field to value, texts without their quotes.</summary>
    public IReadOnlyDictionary<string, string> Texts => Values.ToDictionary(entry => entry.Key, entry => entry.Value.Trim('"'), StringComparer.Ordinal);
}
