using Proximal.Advantages;
using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Recipes;
using Proximal.Regularizers;
using Proximal.Rewards;
using Proximal.Selection;

namespace Proximal.Objectives;

/// <summary>Objectives whose idea is the advantage or the reward: what each chooses beyond GRPO without the KL term.</summary>
public static class AdvantageObjectives
{
    private const string Formula = "L(θ) = Σ_{i,t} a_{i,t} ( m_{i,t} c_{i,t} ℓ_{i,t} + Σ_k p^k_{i,t} )";

    private static readonly ComponentChoice DropAlike = new(DynamicSampling.Definition, new DynamicSamplingOptions { MaximumRounds = 1 });

    /// <summary>BNPO.</summary>
    public static ObjectivePreset Bnpo { get; } = new(Info(
        BetaNormalizedAdvantage.Definition.Info, "bnpo", "PPO with clip-higher and dual clip on beta-normalized rewards, token sums."))
    {
        Advantage = new(BetaNormalizedAdvantage.Definition),
        Clipping = new(PpoClipping.Definition, new PpoClippingOptions { High = 0.28, DualClip = 10 }),
        Aggregation = new(MeanAggregation.SequenceMeanTokenSumDefinition),
    };

    /// <summary>Lite PPO.</summary>
    public static ObjectivePreset LitePpo { get; } = new(Info(
        NormalizedAdvantage.Definition.Info, "lite-ppo", "PPO's clip without critic and two tricks: the deviation of the batch, and a token-level loss."))
    {
        Advantage = new(NormalizedAdvantage.Definition),
        Aggregation = new(MeanAggregation.TokenMeanDefinition),
    };

    /// <summary>G²RPO.</summary>
    public static ObjectivePreset GaussianRank { get; } = new(Info(
        GaussianRankAdvantage.Definition.Info, "g2rpo-openvlthinker2", "GRPO without KL on normal quantiles of ranks; groups of equal rewards are dropped."))
    {
        Advantage = new(GaussianRankAdvantage.Definition),
        Selection = [new(DynamicSampling.Definition, new DynamicSamplingOptions { MaximumRounds = 1, UseRewards = true })],
    };

    /// <summary>RiskPO.</summary>
    public static ObjectivePreset Risk { get; } = new(Info(RiskAdvantage.Definition.Info, "riskpo", "PPO's clip on the derivative of a mixed value-at-risk of bundled prompts."))
    {
        Advantage = new(RiskAdvantage.Definition),
        Aggregation = new(MeanAggregation.TokenMeanDefinition),
    };

    /// <summary>GRPO with the unlikeliness reward.</summary>
    public static ObjectivePreset UnlikelinessReward { get; } = new(Info(
        Unlikeliness.Definition.Info, "unlikeliness-reward", "GRPO with less reward for likely right responses, a stronger KL term, and groups of equal scores dropped; wants 2 epochs and 'gradient-limit: 20'."))
    {
        Shaping = [new(Unlikeliness.Definition)],
        Regularizers = [new(KlRegularizer.Definition, new KlRegularizerOptions { Coefficient = 0.1 })],
        Selection = [DropAlike],
    };

    /// <summary>EMPO.</summary>
    public static ObjectivePreset Empo { get; } = new(Info(AgreementReward.Definition.Info, "empo", "GRPO without KL and without labels: agreement within the group is the reward."))
    {
        Shaping = [new(AgreementReward.Definition)],
    };

    /// <summary>COPO.</summary>
    public static ObjectivePreset Consistency { get; } = new(Info(
        ConsistencyAdvantage.Definition.Info, "copo", "GRPO blended with a global loss from the accuracy and consistency of whole groups."))
    {
        Advantage = new(ConsistencyAdvantage.Definition),
        Clipping = new(BlendedPpoClipping.Definition, new PpoClippingOptions { DualClip = 3 }),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ObjectivePreset> All { get; } = [Bnpo, LitePpo, GaussianRank, Risk, UnlikelinessReward, Empo, Consistency];

    private static ComponentInfo Info(ComponentInfo part, string key, string summary) =>
        new(key, Seam.Objectives, summary, Formula, part.Reference) { Mechanism = part.Mechanism };
}
