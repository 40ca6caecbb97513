using Proximal.Advantages;
using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Recipes;

namespace Proximal.Objectives;

/// <summary>Objectives whose purpose is a stable run where sampler and trainer differ.</summary>
public static class StabilityObjectives
{
    /// <summary>MiniRL.</summary>
    public static ObjectivePreset MiniRl { get; } = new(new ComponentInfo(
        "minirl-stable",
        Seam.Objectives,
        "REINFORCE with a group baseline, the whole weight to the sampler, and PPO's mask; sums over tokens.",
        "L(θ) = Σ_{i,t} a_{i,t} m_{i,t} ℓ_{i,t}",
        "Zheng et al. 2025, Stabilizing Reinforcement Learning with LLMs: Formulation and Practices, arXiv:2512.01374")
    {
        Mechanism =
            "The first-order approximation of the sequence objective: no division by length or deviation, which would change it, and an importance weight that " +
            "belongs to it. In a mixture of experts the routes change the whole distribution between sampler, old and new policy; 'routing-replay' of the policy " +
            "stage fixes them (R2 for mild, R3 for strong staleness), so that the ratios stay near 1 where the approximation holds.",
    })
    {
        Advantage = new(DrGrpoAdvantage.Definition),
        Clipping = new(MiniRlClipping.Definition),
        Aggregation = new(MeanAggregation.SequenceMeanTokenSumDefinition),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ObjectivePreset> All { get; } = [MiniRl];
}
