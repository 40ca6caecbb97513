using Proximal.Recipes;

namespace Proximal.Advantages;

/// <summary>The advantages that recipes can name.</summary>
public static class AdvantageModule
{
    /// <summary>Adds every advantage of this folder.</summary>
    public static void Register(ComponentCatalog<IAdvantage> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog
            .Add(GroupRelativeAdvantage.Definition)
            .Add(DrGrpoAdvantage.Definition)
            .Add(LeaveOneOutAdvantage.Definition)
            .Add(ReinforceAdvantage.Definition)
            .Add(RewardToGoAdvantage.Definition)
            .Add(ReMaxAdvantage.Definition)
            .Add(ReinforcePlusPlusAdvantage.Definition)
            .Add(ReinforcePlusPlusBaselineAdvantage.Definition)
            .Add(GeneralizedAdvantage.Definition)
            .Add(OptimalBaselineAdvantage.Definition)
            .Add(PolicyGradientAdvantage.Definition)
            .Add(PassAtKAdvantage.Definition)
            .Add(ConstantAdvantage.Definition)
            .Add(NormalizedAdvantage.Definition)
            .Add(BetaNormalizedAdvantage.Definition)
            .Add(GaussianRankAdvantage.Definition)
            .Add(TaskDeviationAdvantage.Definition)
            .Add(DecoupledNormalizationAdvantage.Definition)
            .Add(RiskAdvantage.Definition)
            .Add(ForwardCorrectionAdvantage.Definition)
            .Add(ConsistencyAdvantage.Definition);
    }
}
