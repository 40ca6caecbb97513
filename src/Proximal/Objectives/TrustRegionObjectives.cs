using Proximal.Advantages;
using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Recipes;
using Proximal.Regularizers;

namespace Proximal.Objectives;

/// <summary>Objectives that keep an update near the data it learns from by other means than PPO's clip. What a preset leaves out is GRPO's without the KL term.</summary>
public static class TrustRegionObjectives
{
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

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ObjectivePreset> All { get; } = [GppoKlear, Bapo];

    private static ComponentInfo Info(string key, string summary, string reference) =>
        new(key, Seam.Objectives, summary, "L(θ) = Σ_{i,t} m_{i,t} a_{i,t} ( w_{i,t} c_{i,t} ℓ_{i,t} + Σ_k p^k_{i,t} )", reference);
}
