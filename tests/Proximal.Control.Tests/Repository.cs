using Proximal.Control.Recipes;

namespace Proximal.Control.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Where the recipes are.</summary>
    public static string Recipes => Path.Combine(Root, "recipes");

    /// <summary>The control recipes, wherever they are, by their path below the recipes.</summary>
    public static IEnumerable<string> ControlRecipes => Directory.EnumerateFiles(Recipes, "*.yaml", SearchOption.AllDirectories)
        .Where(ControlRecipeReader.IsControlRecipe)
        .Select(path => Path.GetRelativePath(Recipes, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Proximal.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has a Proximal.slnx.");
    }
}
