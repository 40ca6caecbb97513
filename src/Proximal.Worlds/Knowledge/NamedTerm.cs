namespace Proximal.Worlds.Knowledge;

/// <summary>An entity by its name.</summary>
/// <param name="Name">The name. [2]</param>
public sealed record NamedTerm(int[] Name) : Term;
