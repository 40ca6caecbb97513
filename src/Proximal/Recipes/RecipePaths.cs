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

        string here = Path.GetFullPath(given);
        string there = Path.GetFullPath(given, Path.GetDirectoryName(Path.GetFullPath(path))!);
        string? found = Directory.Exists(here) ? here : Directory.Exists(there) ? there : null;
        return found is not null
            ? recipe with { Model = recipe.Model with { Checkpoint = found } }
            : throw new RecipeException([new RecipeFault(
                new RecipePosition(path, 0),
                "model.checkpoint",
                $"'model.checkpoint' is '{given}', expected a folder; there is none at {here}" + (there == here ? "" : $" nor at {there}"))]);
    }
}
