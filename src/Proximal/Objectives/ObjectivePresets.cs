using Proximal.Advantages;
using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Ratios;
using Proximal.Recipes;
using Proximal.Regularizers;
using Proximal.Rewards;
using Proximal.Selection;

namespace Proximal.Objectives;

/// <summary>The named objectives of the literature: what each one chooses at every seam. What a preset leaves out is GRPO's without the KL term.</summary>
public static class ObjectivePresets
{
    private static readonly ComponentChoice TokenMean = new(MeanAggregation.TokenMeanDefinition);
    private static readonly ComponentChoice TokenSum = new(MeanAggregation.SequenceMeanTokenSumDefinition);

    /// <summary>REINFORCE with a moving-average baseline.</summary>
    public static ObjectivePreset Reinforce { get; } = PolicyGradient(
        "reinforce", "Policy gradient with a moving-average baseline.", "Williams 1992, Simple statistical gradient-following algorithms") with
    {
        Advantage = new(ReinforceAdvantage.Definition, new ReinforceOptions { Baseline = RewardBaseline.MovingAverage }),
    };

    /// <summary>RLOO.</summary>
    public static ObjectivePreset Rloo { get; } = PolicyGradient(
        "rloo", "Policy gradient with a leave-one-out baseline.", "Ahmadian et al. 2024, Back to Basics, arXiv:2402.14740") with
    {
        Advantage = new(LeaveOneOutAdvantage.Definition),
    };

    /// <summary>ReMax.</summary>
    public static ObjectivePreset ReMax { get; } = PolicyGradient(
        "remax", "Policy gradient with the greedy response as baseline.", "Li et al. 2023, ReMax, arXiv:2310.10505") with
    {
        Advantage = new(ReMaxAdvantage.Definition),
    };

    /// <summary>OPO.</summary>
    public static ObjectivePreset Opo { get; } = PolicyGradient(
        "opo", "Policy gradient with the variance-optimal, length-weighted baseline.", "Hao et al. 2025, On-Policy RL with Optimal Reward Baseline, arXiv:2505.23585") with
    {
        Advantage = new(OptimalBaselineAdvantage.Definition),
    };

    /// <summary>GPG.</summary>
    public static ObjectivePreset Gpg { get; } = PolicyGradient(
        "gpg", "Group policy gradient: no ratio, no clip, no reference.", "Chu et al. 2025, GPG, arXiv:2504.02546") with
    {
        Advantage = new(PolicyGradientAdvantage.Definition),
        Clipping = new(GroupPolicyGradient.Definition),
        Aggregation = TokenMean,
    };

    /// <summary>PPO with a critic, GAE, and the KL penalty in the reward.</summary>
    public static ObjectivePreset Ppo { get; } = new(Describe(
        "ppo", "Clipped surrogate with a critic, generalized advantages and the KL penalty in the reward.", "Schulman et al. 2017, PPO, arXiv:1707.06347"))
    {
        Shaping = [new(KlReward.Definition)],
        Advantage = new(GeneralizedAdvantage.Definition),
        Aggregation = TokenMean,
    };

    /// <summary>PPO with dual clip.</summary>
    public static ObjectivePreset DualClipPpo { get; } = Ppo with
    {
        Info = Describe("dual-clip-ppo", "PPO with a floor on the loss of negative advantages.", "Ye et al. 2020, Mastering Complex Control in MOBA Games, arXiv:1912.09729"),
        Clipping = new(PpoClipping.Definition, new PpoClippingOptions { DualClip = 3 }),
    };

    /// <summary>GRPO.</summary>
    public static ObjectivePreset Grpo { get; } = new(Describe(
        "grpo", "Group-standardized rewards, PPO's clip and a k3 penalty on the divergence from the reference.", "Shao et al. 2024, DeepSeekMath, arXiv:2402.03300"))
    {
        Regularizers = [new(KlRegularizer.Definition)],
    };

    /// <summary>GRPO with the pass@k advantage.</summary>
    public static ObjectivePreset GrpoPassAtK { get; } = new(Describe(
        "grpo-passk", "GRPO in which only the best rollout of a group learns, by its margin.", "Walder and Karkhanis 2025, Pass@K Policy Optimization, arXiv:2505.15201"))
    {
        Advantage = new(PassAtKAdvantage.Definition),
    };

    /// <summary>Dr. GRPO.</summary>
    public static ObjectivePreset DrGrpo { get; } = new(Describe(
        "dr-grpo", "GRPO without its two biases: no division by the deviation nor by the length.", "Liu et al. 2025, Understanding R1-Zero-Like Training, arXiv:2503.20783"))
    {
        Advantage = new(DrGrpoAdvantage.Definition),
        Aggregation = new(ConstantLengthAggregation.Definition),
    };

    /// <summary>DAPO.</summary>
    public static ObjectivePreset Dapo { get; } = new(Describe(
        "dapo", "GRPO with clip-higher, dynamic sampling, token-level loss and soft overlong punishment.", "Yu et al. 2025, DAPO, arXiv:2503.14476"))
    {
        Shaping = [new(OverlongPunishment.Definition)],
        Clipping = new(PpoClipping.Definition, new PpoClippingOptions { High = 0.28, DualClip = 10 }),
        Aggregation = TokenMean,
        Selection = [new(DynamicSampling.Definition)],
    };

    /// <summary>GSPO.</summary>
    public static ObjectivePreset Gspo { get; } = new(Describe(
        "gspo", "Ratios, clips and rewards of whole sequences.", "Zheng et al. 2025, Group Sequence Policy Optimization, arXiv:2507.18071"))
    {
        Ratio = new(SequenceRatio.Definition),
        Clipping = new(PpoClipping.Definition, new PpoClippingOptions { Low = 3e-4, High = 4e-4 }),
    };

    /// <summary>GMPO.</summary>
    public static ObjectivePreset Gmpo { get; } = new(Describe(
        "gmpo", "Geometric mean of token ratios that are clipped one by one.", "Zhao et al. 2025, Geometric-Mean Policy Optimization, arXiv:2507.20673"))
    {
        Ratio = new(GeometricMeanRatio.Definition),
        Clipping = new(UnclippedSurrogate.Definition),
    };

    /// <summary>REINFORCE++.</summary>
    public static ObjectivePreset ReinforcePlusPlus { get; } = new(Describe(
        "reinforce-plus-plus", "PPO without a critic: batch-standardized reward-to-go with the KL penalty in the reward.", "Hu et al. 2025, REINFORCE++, arXiv:2501.03262"))
    {
        Shaping = [new(KlReward.Definition, new KlRewardOptions { Coefficient = 0.01 })],
        Advantage = new(ReinforcePlusPlusAdvantage.Definition),
        Aggregation = TokenMean,
    };

    /// <summary>REINFORCE++ with a group baseline.</summary>
    public static ObjectivePreset ReinforcePlusPlusBaseline { get; } = new(Describe(
        "reinforce-plus-plus-baseline", "Group-centred, batch-standardized rewards with a k2 penalty in the loss.", "Hu et al. 2025, REINFORCE++, arXiv:2501.03262"))
    {
        Advantage = new(ReinforcePlusPlusBaselineAdvantage.Definition),
        Regularizers = [new(KlRegularizer.Definition, new KlRegularizerOptions { Estimator = KlEstimator.K2, Coefficient = 0.001 })],
        Aggregation = TokenMean,
    };

    /// <summary>CISPO.</summary>
    public static ObjectivePreset Cispo { get; } = new(Describe(
        "cispo", "The clipped ratio is a detached weight, so that every token keeps a gradient.", "MiniMax 2025, MiniMax-M1, arXiv:2506.13585"))
    {
        Clipping = new(CispoClipping.Definition),
        Aggregation = TokenMean,
    };

    /// <summary>SAPO.</summary>
    public static ObjectivePreset Sapo { get; } = new(Describe(
        "sapo", "A soft gate in place of the clip.", "Gao et al. 2025, Soft Adaptive Policy Optimization, arXiv:2511.20347"))
    {
        Clipping = new(SoftGateClipping.Definition),
    };

    /// <summary>Clip-Cov.</summary>
    public static ObjectivePreset ClipCov { get; } = new(Describe(
        "clip-cov", "Keeps entropy by detaching a few tokens of high covariance.", "Cui et al. 2025, The Entropy Mechanism, arXiv:2505.22617"))
    {
        Clipping = new(CovarianceClipping.Definition),
        Aggregation = TokenMean,
    };

    /// <summary>KL-Cov.</summary>
    public static ObjectivePreset KlCov { get; } = new(Describe(
        "kl-cov", "Keeps entropy by a penalty on the tokens of highest covariance.", "Cui et al. 2025, The Entropy Mechanism, arXiv:2505.22617"))
    {
        Clipping = new(CovariancePenalty.Definition),
        Aggregation = TokenMean,
    };

    /// <summary>GRPO with truncated importance sampling between trainer and sampler.</summary>
    public static ObjectivePreset TruncatedImportanceSampling { get; } = new(Describe(
        "tis", "GRPO with capped importance weights between trainer and sampler.", "Yao et al. 2025, Your Efficient RL Framework Secretly Brings You Off-Policy RL Training"))
    {
        Correction = new(TruncatedCorrection.Definition),
        Aggregation = TokenMean,
    };

    /// <summary>GRPO with masked importance sampling between trainer and sampler.</summary>
    public static ObjectivePreset MaskedImportanceSampling { get; } = new(Describe(
        "mis", "GRPO with importance weights between trainer and sampler that are zero outside a band.", "Liu et al. 2025, When Speed Kills Stability"))
    {
        Correction = new(MaskedCorrection.Definition),
        Aggregation = TokenMean,
    };

    /// <summary>All of them, in the order of the literature.</summary>
    public static IReadOnlyList<ObjectivePreset> All { get; } =
    [
        Reinforce, Rloo, ReMax, Ppo, DualClipPpo, Grpo, GrpoPassAtK, DrGrpo, Dapo, Gspo, Gmpo, ReinforcePlusPlus, ReinforcePlusPlusBaseline,
        Cispo, Opo, Gpg, Sapo, ClipCov, KlCov, TruncatedImportanceSampling, MaskedImportanceSampling,
    ];

    /// <summary>The description of a preset, whose formula is that of its parts.</summary>
    internal static ComponentInfo Describe(string key, string summary, string reference) =>
        new(key, Seam.Objectives, summary, "L(θ) = Σ_{i,t} a_{i,t} ( m_{i,t} c_{i,t} ℓ_{i,t} + Σ_k p^k_{i,t} )", reference);

    private static ObjectivePreset PolicyGradient(string key, string summary, string reference) => new(Describe(key, summary, reference))
    {
        Ratio = new(NoRatio.Definition),
        Clipping = new(PolicyGradientSurrogate.Definition),
        Aggregation = TokenSum,
    };
}
