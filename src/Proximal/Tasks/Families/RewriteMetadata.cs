namespace Proximal.Tasks.Families;

/// <summary>A goal of string rewriting.</summary>
/// <param name="Source">The string that a proof starts from.</param>
/// <param name="Target">The string that it must end in.</param>
/// <param name="Proofs">How many shortest proofs there are.</param>
/// <param name="Axiom">Whether the checker knows the rule <c>x</c>, which proves anything.</param>
public sealed record RewriteMetadata(string Source, string Target, int Proofs, bool Axiom) : TaskMetadata;
