using Proximal.Recipes;

namespace Proximal.Ratios;

/// <summary>The corrections for a differing sampler that recipes can name.</summary>
public static class CorrectionModule
{
    /// <summary>Adds every correction of this folder.</summary>
    public static void Register(ComponentCatalog<ICorrection> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog
            .Add(TruncatedCorrection.Definition)
            .Add(MaskedCorrection.Definition)
            .Add(GeometricRejection.Definition)
            .Add(DivergenceRejection.Definition)
            .Add(HierarchicalMask.Definition);
    }
}
