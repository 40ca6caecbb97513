namespace Proximal.Tasks.Families;

/// <summary>What a sentence asks for.</summary>
/// <param name="Verb">What to do.</param>
/// <param name="Adjective">With which one.</param>
/// <param name="Noun">With what.</param>
public sealed record PoliteRequest(string Verb, string Adjective, string Noun) : TaskMetadata;
