using Proximal.Recipes;

namespace Proximal.Clipping;

/// <summary>The surrogates that recipes can name.</summary>
public static class ClippingModule
{
    /// <summary>Adds every surrogate of this folder.</summary>
    public static void Register(ComponentCatalog<IClipping> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog
            .Add(PpoClipping.Definition)
            .Add(MiniRlClipping.Definition)
            .Add(BlendedPpoClipping.Definition)
            .Add(PolicyGradientSurrogate.Definition)
            .Add(UnclippedSurrogate.Definition)
            .Add(CispoClipping.Definition)
            .Add(SoftGateClipping.Definition)
            .Add(GroupPolicyGradient.Definition)
            .Add(CovarianceClipping.Definition)
            .Add(CovariancePenalty.Definition)
            .Add(GppoClipping.Definition)
            .Add(BalancedClipping.Definition)
            .Add(PositionClipping.Definition)
            .Add(NegativeAwareFineTuning.Definition)
            .Add(RegularizedReinforce.Definition)
            .Add(CentredClipping.Definition)
            .Add(TrustRegionPreference.Definition);
    }
}
