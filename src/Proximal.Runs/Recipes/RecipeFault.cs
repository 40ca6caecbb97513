namespace Proximal.Recipes;

/// <summary>One thing that is wrong with a recipe.</summary>
/// <param name="Position">Where it was written.</param>
/// <param name="Key">Path of the key, as <c>policy.clipping.low</c>; empty where the fault is not about a key.</param>
/// <param name="Problem">A sentence that names the key, the value and what was expected.</param>
public sealed record RecipeFault(RecipePosition Position, string Key, string Problem)
{
    /// <summary>The nearest valid key or name, or null where none is near.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The keys or names that would have been right, where they are a list; empty elsewhere.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    /// <summary>The fault as one line that starts with its position.</summary>
    public override string ToString() => Known.Count == 0 ? $"{Position}: {Problem}" : $"{Position}: {Problem} (known: {string.Join(", ", Known)})";
}
