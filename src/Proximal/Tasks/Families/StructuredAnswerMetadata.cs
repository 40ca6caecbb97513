namespace Proximal.Tasks.Families;

/// <summary>The fields of a structured answer.</summary>
/// <param name="Values">Field to JSON literal.</param>
public sealed record StructuredAnswerMetadata(IReadOnlyDictionary<string, string> Values) : TaskMetadata;
