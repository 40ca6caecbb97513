using Proximal.Environments.Search;
using Proximal.Recipes;

namespace Proximal.Environments;

/// <summary>The environments that recipes can name.</summary>
public static class EnvironmentModule
{
    /// <summary>Adds every environment of this folder.</summary>
    public static void Register(ComponentCatalog<IEnvironment> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog
            .Add(SingleTurn.Definition)
            .Add(CalculatorEnvironment.Definition)
            .Add(RewriteChecker.Definition)
            .Add(KeyValueLookup.Definition)
            .Add(AppSimulator.Definition)
            .Add(SearchEnvironment.Definition);
    }
}
