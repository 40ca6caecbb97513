using Proximal.Advantages;
using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Ratios;
using Proximal.Recipes;
using Proximal.Regularizers;
using Proximal.Selection;

namespace Proximal.Objectives;

/// <summary>Objectives that keep an update near the data it learns from by other means than PPO's clip. What a preset leaves out is GRPO's without the KL term.</summary>
public static class TrustRegionObjectives
{
    private const string RecSource = "Yao et al. 2025, Group-Relative REINFORCE Is Secretly an Off-Policy Algorithm, arXiv:2509.24203";

    private const string CapoSource = "Melo et al. 2025, Stabilizing Policy Gradients for Sample-Efficient Reinforcement Learning in LLM Reasoning";

    private static readonly ComponentChoice TokenMean = new(MeanAggregation.TokenMeanDefinition);

    /// <summary>GPPO with the supervised term of Klear-Reasoner.</summary>
    public static ObjectivePreset GppoKlear { get; } = new(Info(
        "gppo-klear", "Gradient-preserving clipping and a supervised loss on correct rollouts.", "Su et al. 2025, Klear-Reasoner, arXiv:2508.07629"))
    {
        Clipping = new(GppoClipping.Definition, new GppoClippingOptions { DualClip = 10 }),
        Regularizers = [new(CorrectLikelihood.Definition)],
        Aggregation = TokenMean,
    };

    /// <summary>BAPO.</summary>
    public static ObjectivePreset Bapo { get; } = new(Info(
        "bapo", "GRPO with clip bounds that balance positive and negative tokens.", "Xi et al. 2025, BAPO, arXiv:2510.18927"))
    {
        Clipping = new(BalancedClipping.Definition),
        Aggregation = TokenMean,
    };

    /// <summary>CTPO.</summary>
    public static ObjectivePreset Ctpo { get; } = new(Info(
        "ctpo",
        "Cumulative ratios with bounds that grow like the square root of the position.",
        "CTPO: Rethinking Importance Sampling in LLM Policy Optimization: A Cumulative Token Perspective"))
    {
        Ratio = new(CumulativeRatio.Definition),
        Correction = new(TruncatedCorrection.Definition, new TruncatedCorrectionOptions { Level = CorrectionLevel.Sequence, Cap = 5 }),
        Clipping = new(PositionClipping.Definition),
        Aggregation = TokenMean,
    };

    /// <summary>MinPRO.</summary>
    public static ObjectivePreset MinPro { get; } = new(Info(
        "minpro", "CISPO with the smallest ratio of the prefix as a factor.", "MinPRO: A Step Back: Prefix Importance Ratio Stabilizes Policy Optimization"))
    {
        Ratio = new(MinimumPrefixRatio.Definition),
        Clipping = new(CispoClipping.Definition),
        Aggregation = TokenMean,
    };

    /// <summary>NFT. The aggregation is that of Dr. GRPO, with which it shares its gradient on policy.</summary>
    public static ObjectivePreset Nft { get; } = new(Info(
        "nft", "Supervised learning from correct and wrong responses.", "Chen et al. 2025, Bridging Supervised Learning and Reinforcement Learning in Math Reasoning, arXiv:2505.18116"))
    {
        Advantage = new(DrGrpoAdvantage.Definition),
        Clipping = new(NegativeAwareFineTuning.Definition),
        Aggregation = new(ConstantLengthAggregation.Definition),
        Selection = [new(DynamicSampling.Definition)],
    };

    /// <summary>REC-OneSide-NoIS with the wide range of the paper's experiments.</summary>
    public static ObjectivePreset RecOffPolicyReinforce { get; } = Rec(
        "rec-offpolicy-reinforce",
        "Group-relative REINFORCE within PPO's region, widened to 0.4 and 3, without importance weights.",
        new RegularizedReinforceOptions { Low = 0.6, High = 2 });

    /// <summary>REC-OneSide-NoIS.</summary>
    public static ObjectivePreset RecOneSide { get; } = Rec(
        "rec-one-side", "Group-relative REINFORCE within PPO's region, without importance weights.", new RegularizedReinforceOptions());

    /// <summary>REC-OneSide-IS: the gradient of PPO's clip.</summary>
    public static ObjectivePreset RecOneSideImportance { get; } = Rec(
        "rec-one-side-is", "Group-relative REINFORCE within PPO's region, with importance weights.", new RegularizedReinforceOptions { Weight = SampleWeight.Importance });

    /// <summary>REC-Ring.</summary>
    public static ObjectivePreset RecRing { get; } = Rec(
        "rec-ring", "Group-relative REINFORCE within a band and far away on the harmless side.", new RegularizedReinforceOptions { Region = RegionMask.Ring });

    /// <summary>OPMD as in Kimi k1.5.</summary>
    public static ObjectivePreset Opmd { get; } = Rec(
        "opmd",
        "Group-relative REINFORCE with a squared penalty on the log-ratio.",
        new RegularizedReinforceOptions { Region = RegionMask.None, Penalty = AnchorPenalty.Squared, Tau = 0.1 },
        "Kimi Team 2025, Kimi k1.5, arXiv:2501.12599");

    /// <summary>AsymRE.</summary>
    public static ObjectivePreset AsymRe { get; } = Rec(
        "asymre",
        "Group-relative REINFORCE with a lowered baseline.",
        new RegularizedReinforceOptions { Region = RegionMask.None, Penalty = AnchorPenalty.Forward, Tau = 0.1 },
        "Arnal et al. 2025, Asymmetric REINFORCE for off-Policy Reinforcement Learning, arXiv:2506.20520");

    /// <summary>RED-Drop.</summary>
    public static ObjectivePreset RedDrop { get; } = Rec(
        "red-drop", "Group-relative REINFORCE that leaves out surplus negatives.", new RegularizedReinforceOptions { Region = RegionMask.None }) with
    {
        Selection = [new(NegativeDrop.Definition)],
    };

    /// <summary>RED-Weight.</summary>
    public static ObjectivePreset RedWeight { get; } = Rec(
        "red-weight",
        "Group-relative REINFORCE with weights that grow with the advantage.",
        new RegularizedReinforceOptions { Region = RegionMask.None, Weight = SampleWeight.Advantage });

    /// <summary>GRPO with LLDS, as on Search-R1.</summary>
    public static ObjectivePreset LldsSearchR1 { get; } = new(Info(
        "llds-search-r1",
        "GRPO that holds up the likelihood of good responses.",
        "Deng et al. 2025, On GRPO Collapse in Search-R1: The Lazy Likelihood-Displacement Death Spiral"))
    {
        Regularizers = [new(LikelihoodDisplacement.Definition), new(KlRegularizer.Definition, new KlRegularizerOptions { Coefficient = 0.001 })],
    };

    /// <summary>GRPO with D3S.</summary>
    public static ObjectivePreset D3s { get; } = new(Info(
        "d3s",
        "GRPO on the rollouts and tokens that carry most, with growing budgets.",
        "D3S: Learning More with Less: A Dynamic Dual-Level Down-Sampling Framework for Efficient Policy Optimization"))
    {
        Aggregation = TokenMean,
        Selection = [new(DynamicDownSampling.Definition)],
    };

    /// <summary>CAPO on GRPO.</summary>
    public static ObjectivePreset CapoCurvature { get; } = new(Info(
        "capo-curvature", "GRPO without the tokens that the coming optimizer step would move too far.", CapoSource))
    {
        Selection = [new(CurvatureSelection.Definition)],
    };

    /// <summary>CAPO on Dr. GRPO.</summary>
    public static ObjectivePreset DrCapo { get; } = new(Info(
        "dr-capo", "Dr. GRPO without the tokens that the coming optimizer step would move too far.", CapoSource))
    {
        Advantage = new(DrGrpoAdvantage.Definition),
        Aggregation = new(ConstantLengthAggregation.Definition),
        Selection = [new(CurvatureSelection.Definition, new CurvatureSelectionOptions { PolicyLimit = 1e-3, ObjectiveLimit = 5e-4 })],
    };

    /// <summary>CAPO on REINFORCE.</summary>
    public static ObjectivePreset ReinCapo { get; } = ObjectivePresets.Reinforce with
    {
        Info = Info("rein-capo", "REINFORCE without the tokens that the coming optimizer step would move too far.", CapoSource),
        Aggregation = new(MeanAggregation.SequenceMeanTokenMeanDefinition),
        Selection = [new(CurvatureSelection.Definition, new CurvatureSelectionOptions { PolicyLimit = 1e-5, ObjectiveLimit = 0.1 })],
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ObjectivePreset> All { get; } =
    [
        GppoKlear, Bapo, Ctpo, MinPro, Nft, RecOffPolicyReinforce, RecOneSide, RecOneSideImportance, RecRing, Opmd, AsymRe, RedDrop, RedWeight,
        LldsSearchR1, D3s, CapoCurvature, DrCapo, ReinCapo,
    ];

    private static ObjectivePreset Rec(string key, string summary, RegularizedReinforceOptions options, string reference = RecSource) => new(Info(key, summary, reference))
    {
        Advantage = new(DrGrpoAdvantage.Definition),
        Clipping = new(RegularizedReinforce.Definition, options),
        Aggregation = TokenMean,
    };

    private static ComponentInfo Info(string key, string summary, string reference) =>
        new(key, Seam.Objectives, summary, "L(θ) = Σ_{i,t} a_{i,t} ( m_{i,t} c_{i,t} ℓ_{i,t} + Σ_k p^k_{i,t} )", reference);
}
