using Proximal.Recipes;

namespace Proximal.Rewards;

/// <summary>The reward shapings that recipes can name.</summary>
public static class ShapingModule
{
    /// <summary>Adds every shaping of this folder.</summary>
    public static void Register(ComponentCatalog<IRewardShaping> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog
            .Add(KlReward.Definition)
            .Add(RewardNormalization.Definition)
            .Add(OverlongPunishment.Definition)
            .Add(LengthBand.Definition)
            .Add(RepetitionPenalty.Definition)
            .Add(NoisyVerifier.Definition)
            .Add(NoiseCorrection.Definition)
            .Add(Unlikeliness.Definition)
            .Add(AgreementReward.Definition);
    }
}
