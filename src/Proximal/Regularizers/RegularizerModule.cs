using Proximal.Recipes;

namespace Proximal.Regularizers;

/// <summary>The regularizers that recipes can name.</summary>
public static class RegularizerModule
{
    /// <summary>Adds every regularizer of this folder.</summary>
    public static void Register(ComponentCatalog<IRegularizer> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog
            .Add(KlRegularizer.Definition)
            .Add(EntropyBonus.Definition)
            .Add(CorrectLikelihood.Definition)
            .Add(AnchorDivergence.Definition)
            .Add(LikelihoodDisplacement.Definition);
    }
}
