namespace Proximal.Worlds.Knowledge;

/// <summary>The object of a relation: <c>the R of t</c>.</summary>
/// <param name="Relation">R.</param>
/// <param name="Of">t.</param>
public sealed record FollowedTerm(Predicate Relation, Term Of) : Term;
