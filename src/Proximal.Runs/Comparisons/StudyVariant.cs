using Proximal.Recipes;

namespace Proximal.Comparisons;

/// <summary>One of the methods that a study compares.</summary>
/// <param name="Name">What the report calls it; a part of the names of its run folders.</param>
/// <param name="Recipe">The file of its recipe.</param>
/// <param name="Changes">Changes of single values, in this order.</param>
public sealed record StudyVariant(string Name, string Recipe, IReadOnlyList<RecipeChange> Changes)
{
    /// <summary>A recipe with changes of single values, as <c>policy.clipping.high=0.28</c>.</summary>
    public StudyVariant(string name, string recipe, params IEnumerable<string> changes)
        : this(name, recipe, [.. changes.Select(RecipeChange.FromString)])
    {
    }
}
