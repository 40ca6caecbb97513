using Proximal.Recipes.Sections;

namespace Proximal.Control.Recipes;

/// <summary>Writes a control recipe as complete YAML: every key with its value, so that a stored run says all that decided it, whatever later defaults are.</summary>
public static class ControlRecipeWriter
{
    /// <summary>The YAML of the recipe. The same recipe gives the same bytes, and reading them gives an equal recipe.</summary>
    public static string Write(ControlRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        YamlWriter writer = new();
        ControlSections.Root.Write(writer, recipe);
        return writer.ToString();
    }
}
