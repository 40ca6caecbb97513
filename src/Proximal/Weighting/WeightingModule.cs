using Proximal.Recipes;

namespace Proximal.Weighting;

/// <summary>The weightings of demonstrations that recipes can name.</summary>
public static class WeightingModule
{
    /// <summary>Adds every weighting of this folder.</summary>
    public static void Register(ComponentCatalog<ITokenWeighting> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog
            .Add(PearWeighting.Definition)
            .Add(LikelihoodWeighting.Definition);
    }
}
