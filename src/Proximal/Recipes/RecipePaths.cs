namespace Proximal.Recipes;

/// <summary>Finds the files that a recipe names.</summary>
public static class RecipePaths
{
    /// <summary>
    /// The recipe with the checkpoint folder as a path that holds from everywhere: as given where it is there from the current folder, else
    /// relative to the recipe file. A recipe without a checkpoint comes back as it is.
    /// </summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="path">The file that it was read from.</param>
    /// <exception cref="RecipeException">The folder is in neither place.</exception>
    public static Recipe Locate(Recipe recipe, string path)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(path);
        string given = recipe.Model.Checkpoint;
        if (given.Length == 0)
        {
            return recipe;
        }

        string found = RecipeLocation.Find(given, path, "model.checkpoint", "folder", Directory.Exists);
        return recipe with { Model = recipe.Model with { Checkpoint = found } };
    }
}
