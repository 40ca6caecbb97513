using Proximal.Recipes;

namespace Proximal.Selection;

/// <summary>The selections that recipes can name.</summary>
public static class SelectionModule
{
    /// <summary>Adds every selection of this folder.</summary>
    public static void Register(ComponentCatalog<ISelection> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog
            .Add(DynamicSampling.Definition)
            .Add(OverlongFilter.Definition)
            .Add(NegativeDrop.Definition)
            .Add(ForeignFilter.Definition)
            .Add(DynamicDownSampling.Definition)
            .Add(RewardVarianceSubset.Definition)
            .Add(RandomSubset.Definition)
            .Add(CurvatureSelection.Definition)
            .Add(AdvantageFilter.Definition);
    }
}
