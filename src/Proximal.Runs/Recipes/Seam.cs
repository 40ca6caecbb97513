namespace Proximal.Recipes;

/// <summary>A place where components plug in, such as advantages or environments. Two seams of one name are the same.</summary>
/// <param name="Name">The name in messages, a capitalized word.</param>
public sealed record Seam(string Name)
{
    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
