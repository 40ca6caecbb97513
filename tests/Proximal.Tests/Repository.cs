namespace Proximal.Tests;

/// <summary>The folder that holds the sources.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The recipes of language models, told by the schema that they name first; those of control have tests of their own.</summary>
    public static IEnumerable<string> LanguageRecipes => Directory.EnumerateFiles(Path.Combine(Root, "recipes"), "*.yaml", SearchOption.AllDirectories)
        .Where(path => !path.StartsWith(Path.Combine(Root, "recipes", "control"), StringComparison.Ordinal) && !path.StartsWith(StudyFolder, StringComparison.Ordinal))
        .Where(path => !File.ReadLines(path).First().EndsWith("control/recipe.schema.json", StringComparison.Ordinal));

    /// <summary>All recipes, without the studies that name them.</summary>
    public static IEnumerable<string> Recipes => Directory.EnumerateFiles(Path.Combine(Root, "recipes"), "*.yaml", SearchOption.AllDirectories)
        .Where(path => !path.StartsWith(StudyFolder, StringComparison.Ordinal));

    /// <summary>The studies, which name recipes.</summary>
    public static IEnumerable<string> Studies => Directory.EnumerateFiles(StudyFolder, "*.yaml");

    private static string StudyFolder => Path.Combine(Root, "recipes", "studies");

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
