namespace Proximal.Tests;

/// <summary>The folder that holds the sources.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The recipes of language models, told by the schema that they name first; those of control have tests of their own.</summary>
    public static IEnumerable<string> LanguageRecipes => Directory.EnumerateFiles(Path.Combine(Root, "recipes"), "*.yaml", SearchOption.AllDirectories)
        .Where(path => !path.StartsWith(Path.Combine(Root, "recipes", "control"), StringComparison.Ordinal))
        .Where(path => !File.ReadLines(path).First().EndsWith("control/recipe.schema.json", StringComparison.Ordinal));

    private static string Find()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Proximal.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Proximal.slnx is in no folder above the tests.");
        }

        return folder;
    }
}
