using System.Reflection;
using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Cli.Methods;

/// <summary>The recipes that this program carries, so that an installed one has them too.</summary>
internal static class RecipeFiles
{
    private static readonly Lazy<RecipeIndex> Index = new(CreateIndex);

    /// <summary>Paths of all recipes, as the repository has them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Order(StringComparer.Ordinal)];

    /// <summary>Paths of the recipes of a component, as the repository has them: <c>recipes/baselines/grpo.yaml</c>.</summary>
    public static IReadOnlyList<string> Of(ComponentInfo component) => Index.Value[component];

    /// <summary>The text of a recipe.</summary>
    /// <param name="path">One of <see cref="All"/>.</param>
    public static string Read(string path)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(path)
            ?? throw new FileNotFoundException($"{path}: no such recipe in this program.", path);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    private static RecipeIndex CreateIndex()
    {
        ControlCatalog control = ControlCatalog.CreateDefault();
        return new RecipeIndex(All, Catalog.CreateDefault().All, control.Environments, control.Algorithms);
    }
}
