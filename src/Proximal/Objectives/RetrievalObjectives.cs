using Proximal.Advantages;
using Proximal.Aggregation;
using Proximal.Recipes;
using Proximal.Regularizers;
using Proximal.Rollouts.Probes;
using Proximal.Rollouts.Steps;

namespace Proximal.Objectives;

/// <summary>Objectives of agents that search and retrieve. What a preset leaves out is GRPO's without the KL term.</summary>
public static class RetrievalObjectives
{
    /// <summary>REX-RAG.</summary>
    public static ObjectivePreset RexRag { get; } = new(Describe(
        "rexrag",
        "GRPO in which wrong rollouts are gone back in with an exploratory sentence, and ratios correct for it.",
        RexRagCollection.Definition.Info.Reference,
        RexRagCollection.Definition.Info.Mechanism))
    {
        Collection = new(RexRagCollection.Definition),
        Regularizers = [new(KlRegularizer.Definition, new KlRegularizerOptions { Coefficient = 1e-3 })],
    };

    /// <summary>R1-Router.</summary>
    public static ObjectivePreset R1Router { get; } = new(Describe(
        "r1router",
        "Step-GRPO: groups of single steps from states of right episodes, each with the reward of its step.",
        GoldStepCollection.Definition.Info.Reference,
        GoldStepCollection.Definition.Info.Mechanism))
    {
        Collection = new(GoldStepCollection.Definition),
        Advantage = new(GroupRelativeAdvantage.Definition, new GroupRelativeOptions { Normalization = GroupNormalization.PopulationDeviation }),
        Regularizers = [new(KlRegularizer.Definition)],
        Aggregation = new(MeanAggregation.TokenMeanDefinition),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ObjectivePreset> All { get; } = [RexRag, R1Router];

    private static ComponentInfo Describe(string key, string summary, string reference, string mechanism) =>
        ObjectivePresets.Describe(key, summary, reference) with { Mechanism = mechanism };
}
