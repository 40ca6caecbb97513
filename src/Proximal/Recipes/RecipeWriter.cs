using Proximal.Recipes.Sections;

namespace Proximal.Recipes;

/// <summary>Writes a recipe as complete YAML: every key with its value, so that a stored run says all that decided it, whatever later defaults are.</summary>
public static class RecipeWriter
{
    /// <summary>The YAML of the recipe. The same recipe gives the same bytes, and reading them gives an equal recipe.</summary>
    public static string Write(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        YamlWriter writer = new();
        RecipeSections.Root.Write(writer, recipe);
        return writer.ToString();
    }
}
