namespace Proximal.Recipes;

/// <summary>Finds the files and folders that a recipe names.</summary>
internal static class RecipeLocation
{
    /// <summary>The path as one that holds from everywhere: as given where it is there from the current folder, else relative to the recipe file.</summary>
    /// <param name="given">What the recipe says.</param>
    /// <param name="recipe">The file that it was read from.</param>
    /// <param name="key">Path of the key, for messages.</param>
    /// <param name="kind">What is expected there, as <c>folder</c>.</param>
    /// <param name="exists">Whether it is there.</param>
    /// <exception cref="RecipeException">It is in neither place.</exception>
    public static string Find(string given, string recipe, string key, string kind, Func<string, bool> exists)
    {
        string here = Path.GetFullPath(given);
        string there = Path.GetFullPath(given, Path.GetDirectoryName(Path.GetFullPath(recipe))!);
        return exists(here) ? here : exists(there) ? there : throw new RecipeException([new RecipeFault(
            new RecipePosition(recipe, 0),
            key,
            $"'{key}' is '{given}', expected a {kind}; there is none at {here}" + (there == here ? "" : $" nor at {there}"))]);
    }
}
