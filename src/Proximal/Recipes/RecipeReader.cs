using Proximal.Recipes.Sections;

namespace Proximal.Recipes;

/// <summary>Reads recipes from YAML. A recipe is untrusted input: its size is bounded, and everything that is wrong with it is reported at once.</summary>
/// <param name="components">The components that recipes can name.</param>
public sealed class RecipeReader(IRecipeComponents components)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; its name without extension is the recipe's name where it gives none.</param>
    /// <param name="overrides">Changes of single values, as <c>policy.clipping.low=0.1</c>, in this order.</param>
    /// <exception cref="RecipeException">The file or an override cannot be used; every fault is listed.</exception>
    public Recipe ReadFile(string path, params IEnumerable<string> overrides)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(overrides);
        return Bind(RecipeDocument.ReadFile(path, overrides), RecipeDocument.NameOf(path));
    }

    /// <summary>Reads a file with changes of single values, in this order.</summary>
    internal Recipe ReadChanged(string path, IReadOnlyList<RecipeChange> changes) => Bind(RecipeDocument.ReadChanged(path, changes), RecipeDocument.NameOf(path));

    /// <summary>Reads a text.</summary>
    /// <param name="yaml">The recipe.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="overrides">Changes of single values, as <c>policy.clipping.low=0.1</c>, in this order.</param>
    /// <exception cref="RecipeException">The text or an override cannot be used; every fault is listed.</exception>
    public Recipe Read(string yaml, string source = "recipe", params IEnumerable<string> overrides)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(overrides);
        return Bind(RecipeDocument.Read(yaml, source, overrides), null);
    }

    /// <summary>Reads UTF-8 bytes.</summary>
    internal Recipe Read(ReadOnlySpan<byte> bytes, string source, string? name, IEnumerable<string> overrides) =>
        Bind(RecipeDocument.Read(bytes, source, overrides), name);

    private Recipe Bind(RecipeDocument document, string? name)
    {
        Recipe defaults = (Recipe)Recipe.Schema.CreateDefaults();
        return document.Bind(RecipeSections.Root, components, name is null ? defaults : defaults with { Name = name });
    }
}
