namespace Proximal.Worlds.Knowledge;

/// <summary>An edge or an attribute.</summary>
/// <param name="Subject">Number of the entity that it is about.</param>
/// <param name="Predicate">What it says.</param>
/// <param name="Object">Number of the other entity; for an attribute the number itself, or the number of the language.</param>
public readonly record struct Fact(int Subject, Predicate Predicate, int Object);
