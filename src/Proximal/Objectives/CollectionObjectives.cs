using Proximal.Advantages;
using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Ratios;
using Proximal.Recipes;
using Proximal.Regularizers;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Selection;

namespace Proximal.Objectives;

/// <summary>Objectives whose point is where rollouts come from: in stages, from a buffer, in windows.</summary>
public static class CollectionObjectives
{
    private static readonly ComponentChoice TokenMean = new(MeanAggregation.TokenMeanDefinition);

    /// <summary>CAMPO: DAPO in stages of growing length, with a penalty on loops.</summary>
    public static ObjectivePreset Campo { get; } = new(Info(
        "campo-miromind",
        "DAPO with a response limit that grows in stages and a penalty on responses that end in a loop.",
        "Li et al. 2025, MiroMind-M1, arXiv:2507.14683",
        "Three changes to DAPO. The response limit grows in stages, each of which ends when lengths have stopped growing, so early steps are cheap. Responses that hit the limit are wrong and, when they end in a loop, lose the share of the response that the loop takes. Groups are still judged informative by the verifier's score alone."))
    {
        Collection = new(StagedCollection.Definition),
        Shaping = [new(RepetitionPenalty.Definition)],
        Clipping = new(PpoClipping.Definition, new PpoClippingOptions { High = 0.28, DualClip = 10 }),
        Aggregation = TokenMean,
        Selection = [new(DynamicSampling.Definition)],
    };

    /// <summary>ReMix on GRPO: replayed rollouts first, on-policy learning from a new reference afterwards.</summary>
    public static ObjectivePreset ReMix { get; } = new(Info(
        "remix-offpolicy",
        "Learns from fresh and replayed rollouts with a clip around the present policy, then on policy from a new reference.",
        "Liang et al. 2025, Squeeze the Soaked Sponge (ReMix), arXiv:2507.06892",
        "For the first T steps a share of every batch are rollouts of the last policies, each batch is gone through several times (set 'epochs' to 2 as in the paper), ratios go to the policy that produced a token and are clipped around the policy at the start of the step, and a penalty holds the policy near a mixture of the reference and the policy before. From T on rollouts are fresh and batches are gone through once; set 'reference-reset' to T so that the reference becomes the policy of that step."))
    {
        Collection = new(ReplayCollection.Definition),
        Ratio = new(BehaviourRatio.Definition),
        Clipping = new(CentredClipping.Definition),
        Regularizers = [new(AnchorDivergence.Definition), new(EntropyBonus.Definition, new EntropyBonusOptions { Coefficient = 1e-3 })],
        Aggregation = TokenMean,
    };

    /// <summary>T-PPO: PPO on windows of responses.</summary>
    public static ObjectivePreset TruncatedPpo { get; } = new(Info(
        "t-ppo",
        "PPO that updates on every window of tokens, finished or not, with a critic that learns from finished responses only.",
        "Fan et al. 2025, Truncated Proximal Policy Optimization, arXiv:2506.15050",
        "Long responses make a step wait. Here every slot writes a window of tokens a step and the policy learns from them at once; advantages of unfinished responses bootstrap from the critic at the cut (EGAE). The critic sees each finished response once, with its outcome as the target for all its tokens. Set 'rollouts' to 1; old log-probabilities are those of the policy that wrote the token, because a token is trained on in the step that wrote it."))
    {
        Collection = new(PartialCollection.Definition),
        Advantage = new(GeneralizedAdvantage.Definition),
        Aggregation = TokenMean,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ObjectivePreset> All { get; } = [Campo, ReMix, TruncatedPpo];

    private static ComponentInfo Info(string key, string summary, string reference, string mechanism) =>
        ObjectivePresets.Describe(key, summary, reference) with { Mechanism = mechanism };
}
