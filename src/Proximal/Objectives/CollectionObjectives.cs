using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Recipes;
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

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ObjectivePreset> All { get; } = [Campo];

    private static ComponentInfo Info(string key, string summary, string reference, string mechanism) =>
        ObjectivePresets.Describe(key, summary, reference) with { Mechanism = mechanism };
}
