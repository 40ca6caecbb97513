using Proximal.Recipes;

namespace Proximal.Control.Recipes;

/// <summary>Finds the files that a control recipe names.</summary>
public static class ControlRecipePaths
{
    /// <summary>
    /// The recipe with the data set as a path that holds from everywhere: as given where it is there from the current folder, else relative to
    /// the recipe file. A recipe without data comes back as it is.
    /// </summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="path">The file that it was read from.</param>
    /// <exception cref="RecipeException">The data set is in neither place.</exception>
    public static ControlRecipe Locate(ControlRecipe recipe, string path)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(path);
        return recipe.Data.Length == 0 ? recipe : recipe with { Data = RecipeLocation.Find(recipe.Data, path, "data", "data set", Path.Exists) };
    }
}
