namespace Proximal.Worlds.Retrieval;

/// <summary>A document that a search found.</summary>
/// <param name="Document">Its number, from 0 in the order in which documents were added.</param>
/// <param name="Score">How well it matches.</param>
public readonly record struct SearchHit(int Document, float Score);
