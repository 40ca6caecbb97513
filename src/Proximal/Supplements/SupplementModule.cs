using Proximal.Recipes;

namespace Proximal.Supplements;

/// <summary>The supplements that recipes can name.</summary>
public static class SupplementModule
{
    /// <summary>Adds every supplement of this folder.</summary>
    public static void Register(ComponentCatalog<SupplementSettings> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog
            .Add(SelfExplanation.Definition)
            .Add(ExplainedPreferences.Definition)
            .Add(ExpertTraces.Definition);
    }
}
