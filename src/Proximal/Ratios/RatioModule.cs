using Proximal.Recipes;

namespace Proximal.Ratios;

/// <summary>The ratios that recipes can name.</summary>
public static class RatioModule
{
    /// <summary>Adds every ratio of this folder.</summary>
    public static void Register(ComponentCatalog<IRatio> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog
            .Add(TokenRatio.Definition)
            .Add(BehaviourRatio.Definition)
            .Add(SequenceRatio.Definition)
            .Add(GeometricMeanRatio.Definition)
            .Add(CumulativeRatio.Definition)
            .Add(MinimumPrefixRatio.Definition)
            .Add(UnitProductRatio.Definition)
            .Add(NoRatio.Definition);
    }
}
