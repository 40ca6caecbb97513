namespace Proximal.Worlds.Knowledge;

/// <summary>The only subject that has an object: <c>the person works_for t</c>.</summary>
/// <param name="Relation">The relation, whose domain is the type that is named.</param>
/// <param name="Object">t.</param>
public sealed record DescribedTerm(Predicate Relation, Term Object) : Term;
