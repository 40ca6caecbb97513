using Proximal.Control.Algorithms;
using Proximal.Control.Environments;
using Proximal.Recipes;

namespace Proximal.Control.Recipes;

/// <summary>All components that control recipes can name, by seam. User code adds its own definitions to the catalog of their seam.</summary>
public sealed class ControlCatalog : IRecipeComponents
{
    /// <summary>A catalog with every seam empty.</summary>
    public ControlCatalog() => All = [Environments, Wrappers, Algorithms];

    /// <summary>What is to be controlled.</summary>
    public ComponentCatalog<IEnvironment> Environments { get; } = new(Seam.Environments);

    /// <summary>Changes to an environment.</summary>
    public ComponentCatalog<Wrapper> Wrappers { get; } = new(Seam.Wrappers);

    /// <summary>How a policy is learned.</summary>
    public ComponentCatalog<Algorithm> Algorithms { get; } = new(Seam.Algorithms);

    /// <inheritdoc/>
    public IReadOnlyCollection<ComponentCatalog> All { get; }

    /// <inheritdoc/>
    public ComponentCatalog? this[Seam seam] => All.FirstOrDefault(catalog => catalog.Seam == seam);

    /// <summary>A new catalog of everything in this assembly.</summary>
    public static ControlCatalog CreateDefault()
    {
        ControlCatalog catalog = new();
        EnvironmentModule.Register(catalog.Environments);
        PlanningModule.Register(catalog.Environments);
        WrapperModule.Register(catalog.Wrappers);
        AlgorithmModule.Register(catalog.Algorithms);
        return catalog;
    }
}
