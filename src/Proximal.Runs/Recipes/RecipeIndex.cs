namespace Proximal.Recipes;

/// <summary>
/// The recipes that show a method. They bear its key: <c>rlvr/bnpo.yaml</c>. Those of control can bear the keys of an environment and of an algorithm:
/// <c>control/cartpole-ppo.yaml</c>.
/// </summary>
public sealed class RecipeIndex
{
    private readonly Dictionary<(Seam Seam, string Key), List<string>> recipes = [];

    /// <summary>Indexes recipes by their names alone; no file is read.</summary>
    /// <param name="paths">Paths of recipes, with forward slashes.</param>
    /// <param name="methods">The components of policy optimization.</param>
    /// <param name="environments">The environments of control.</param>
    /// <param name="algorithms">The algorithms of control.</param>
    public RecipeIndex(IEnumerable<string> paths, IReadOnlyCollection<ComponentCatalog> methods, ComponentCatalog environments, ComponentCatalog algorithms)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(methods);
        ArgumentNullException.ThrowIfNull(environments);
        ArgumentNullException.ThrowIfNull(algorithms);
        foreach (string path in paths.Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            ComponentDefinition[] named = [.. methods.Select(catalog => catalog.Find(name)).OfType<ComponentDefinition>()];
            foreach (ComponentDefinition component in named.Length > 0 ? named : [.. new[] { algorithms.Find(name) }.OfType<ComponentDefinition>()])
            {
                Add(component, path);
            }

            for (int dash = name.IndexOf('-'); dash >= 0; dash = name.IndexOf('-', dash + 1))
            {
                if (environments.Find(name[..dash]) is { } environment && algorithms.Find(name[(dash + 1)..]) is { } algorithm)
                {
                    Add(environment, path);
                    Add(algorithm, path);
                }
            }
        }
    }

    /// <summary>The recipes of a component in order of their paths; empty where none bears its key.</summary>
    public IReadOnlyList<string> this[ComponentInfo component]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(component);
            return recipes.GetValueOrDefault((component.Seam, component.Key)) ?? [];
        }
    }

    private void Add(ComponentDefinition component, string path)
    {
        (Seam, string) key = (component.Info.Seam, component.Info.Key);
        if (!recipes.TryGetValue(key, out List<string>? paths))
        {
            recipes.Add(key, paths = []);
        }

        paths.Add(path);
    }
}
