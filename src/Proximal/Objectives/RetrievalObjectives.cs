using Proximal.Recipes;
using Proximal.Regularizers;
using Proximal.Rollouts.Probes;

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

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ObjectivePreset> All { get; } = [RexRag];

    private static ComponentInfo Describe(string key, string summary, string reference, string mechanism) =>
        ObjectivePresets.Describe(key, summary, reference) with { Mechanism = mechanism };
}
