namespace Proximal.Worlds.Routing;

/// <summary>What a knowledge base answers.</summary>
/// <param name="Text">As it is shown.</param>
/// <param name="Units">The numbers of the documents, rows or captions in it.</param>
/// <param name="Findings">What they tell.</param>
public sealed record Retrieved(string Text, IReadOnlyList<int> Units, IReadOnlyList<Finding> Findings);
