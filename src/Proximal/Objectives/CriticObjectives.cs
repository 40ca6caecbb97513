using Proximal.Advantages;
using Proximal.Aggregation;
using Proximal.Recipes;
using Proximal.Rewards;

namespace Proximal.Objectives;

/// <summary>Objectives around a critic that is apart from the policy.</summary>
public static class CriticObjectives
{
    /// <summary>PPO-max.</summary>
    public static ObjectivePreset PpoMax { get; } = new(Info(
        "ppo-max",
        "PPO with normalized and clipped rewards, a KL penalty in the reward, a critic trained ahead and the loss of pre-training mixed in.",
        "Zheng et al. 2023, Secrets of RLHF in Large Language Models Part I: PPO, arXiv:2307.04964") with
    {
        Mechanism = "The reward of a reward model is to be trusted only near the data that it was trained on, so every part keeps the policy there: rewards are standardized by running statistics and "
            + "clipped, each token pays for its divergence from the supervised model, updates also learn from demonstrations, and the critic is trained before the policy moves and may change by little "
            + "in a step. Entropy gets no bonus. Divergence, perplexity and length are what shows a collapse; the reward does not. Where the run trains a reward model, let the critic start from it: "
            + "`critic: { initialization: reward-model }`.",
    })
    {
        Shaping = [new(RewardNormalization.Definition), new(KlReward.Definition, new KlRewardOptions { Coefficient = 0.05 })],
        Advantage = new(GeneralizedAdvantage.Definition),
        Aggregation = new(MeanAggregation.TokenMeanDefinition),
        Critic = new CriticSettings { WarmUp = 20, WarmUpUntil = 0.5 },
        Pretraining = new PretrainingMix(),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ObjectivePreset> All { get; } = [PpoMax];

    private static ComponentInfo Info(string key, string summary, string reference) =>
        new(key, Seam.Objectives, summary, "L(θ) = Σ_{i,t} a_{i,t} ( m_{i,t} c_{i,t} ℓ_{i,t} + Σ_k p^k_{i,t} ) - λ E_{demonstrations} log π_θ", reference);
}
