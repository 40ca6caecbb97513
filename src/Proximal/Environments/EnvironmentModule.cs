using Proximal.Environments.Search;
using Proximal.Environments.Tools;
using Proximal.Environments.TowerDefence;
using Proximal.Recipes;

namespace Proximal.Environments;

/// <summary>The environments that recipes can name.</summary>
public static class EnvironmentModule
{
    /// <summary>Adds every environment of this folder.</summary>
    /// <param name="catalog">Receives them.</param>
    /// <param name="tools">The tools that recipes can name; those that work inside this process by default.</param>
    public static void Register(ComponentCatalog<IEnvironment> catalog, ToolCatalog? tools = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog
            .Add(SingleTurn.Definition)
            .Add(CalculatorEnvironment.Definition)
            .Add(ToolEnvironment.Define(tools ?? ToolCatalog.CreateDefault()))
            .Add(RewriteChecker.Definition)
            .Add(KeyValueLookup.Definition)
            .Add(AppSimulator.Definition)
            .Add(SearchEnvironment.Definition)
            .Add(RoutedEnvironment.Definition)
            .Add(CorpusEnvironment.Definition)
            .Add(TowerEnvironment.Definition);
    }
}
