using Proximal.Advantages;
using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Ratios;
using Proximal.Recipes;
using Proximal.Rewards;
using Proximal.Selection;

namespace Proximal.Objectives;

/// <summary>Objectives of agents, provers and structured output. What a preset leaves out is GRPO's without the KL term.</summary>
public static class AgentObjectives
{
    private static readonly ComponentChoice TokenMean = new(MeanAggregation.TokenMeanDefinition);

    /// <summary>LOOP.</summary>
    public static ObjectivePreset Loop { get; } = new(Describe(
        "loop-idas",
        "Leave-one-out baseline and PPO's clip on single tokens, for agents in stateful environments.",
        "Chen et al. 2025, Reinforcement Learning for Long-Horizon Interactive LLM Agents, arXiv:2502.01600",
        "Several rollouts of one task from the same state are each other's baseline, so there is no critic and no reference model. Every token that the agent wrote has the advantage of its rollout and a ratio of its own; what the environment answered is context. Ratios of turns or of trajectories (ratio unit-product with unit turn or trajectory) are the ablations of the paper."))
    {
        Advantage = new(LeaveOneOutAdvantage.Definition),
        Ratio = new(UnitProductRatio.Definition),
        Aggregation = TokenMean,
        Selection = [new(AdvantageFilter.Definition)],
    };

    /// <summary>RL-Struct.</summary>
    public static ObjectivePreset RlStruct { get; } = new(Describe(
        "rl-struct",
        "GRPO on a reward of five levels for structured output: structure, format, validity, content and length.",
        "RL-Struct: A Lightweight Reinforcement Learning Framework for Reliable Structured Output in LLMs",
        "A weighted sum of terms that get harder: the right keys, the outer form, whether it parses, what the fields say, and a sensible length. While little parses, the terms of syntax differ most inside a group and lead the gradient; once they are equal they cancel in the group's mean and content leads. The weights are not published; those here put syntax at least as high as content."))
    {
        Rewards =
        [
            new(JsonReward.StructureDefinition),
            new(JsonFormatReward.Definition) { Weight = 0.5 },
            new(JsonReward.ValidityDefinition),
            new(JsonReward.ContentDefinition),
            new(LengthBandReward.Definition) { Weight = 0.25 },
        ],
    };

    /// <summary>TRPA.</summary>
    public static ObjectivePreset Trpa { get; } = new(Describe(
        "trpa",
        "Preferences between responses that rules put into different levels, within a trust region.",
        TrustRegionPreference.Definition.Info.Reference,
        TrustRegionPreference.Definition.Info.Mechanism))
    {
        Advantage = new(ConstantAdvantage.Definition),
        Clipping = new(TrustRegionPreference.Definition),
        Aggregation = new(ConstantLengthAggregation.Definition, new ConstantLengthOptions { Scale = 1, PerSequence = false }),
    };

    /// <summary>FAPO.</summary>
    public static ObjectivePreset Fapo { get; } = new(Describe(
        "fapo",
        "Right answers by wrong ways earn less: the group decides whether that still is a gain.",
        FlawedPositiveReward.Definition.Info.Reference,
        FlawedPositiveReward.Definition.Info.Mechanism))
    {
        Rewards = [new(FlawedPositiveReward.Definition)],
        Shaping = [new(OverlongPunishment.Definition)],
        Clipping = new(PpoClipping.Definition, new PpoClippingOptions { High = 0.28, DualClip = 10 }),
        Aggregation = TokenMean,
    };

    /// <summary>HisPO. Its triplet clip is PPO's with dual clip, <c>c = 1 + ε_neg_high</c>.</summary>
    public static ObjectivePreset HisPo { get; } = new(Describe(
        "hispo-longcat-prover",
        "Drops sequences and tokens on which trainer and sampler disagree, then clips the full ratio with three bounds.",
        HierarchicalMask.Definition.Info.Reference,
        HierarchicalMask.Definition.Info.Mechanism))
    {
        Ratio = new(BehaviourRatio.Definition),
        Correction = new(HierarchicalMask.Definition),
        Clipping = new(PpoClipping.Definition, new PpoClippingOptions { High = 0.28, DualClip = 3 }),
        Aggregation = new(ConstantLengthAggregation.Definition),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ObjectivePreset> All { get; } = [Loop, RlStruct, Trpa, Fapo, HisPo];

    private static ComponentInfo Describe(string key, string summary, string reference, string mechanism) =>
        ObjectivePresets.Describe(key, summary, reference) with { Mechanism = mechanism };
}
