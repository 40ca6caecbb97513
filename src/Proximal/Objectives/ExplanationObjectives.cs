using Proximal.Advantages;
using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Ratios;
using Proximal.Recipes;
using Proximal.Supplements;

namespace Proximal.Objectives;

/// <summary>Objectives of ExPO: what a policy cannot find by itself, it explains to itself.</summary>
public static class ExplanationObjectives
{
    private const string Source = "ExPO: Unlocking Hard Reasoning with Self-Explanation-Guided Reinforcement Learning, arXiv:2507.02834";

    /// <summary>ExP-GRPO.</summary>
    public static ObjectivePreset Expo { get; } = ObjectivePresets.Grpo with
    {
        Info = Info(
            "expo",
            "GRPO, and a supervised loss on the policy's own explanations of the gold answers.",
            "GRPO learns nothing from a prompt whose rollouts are all wrong. Here the policy is also shown the gold answer and asked to explain it; the explanation with the gold answer behind it is a supervised target for the prompt without the hint. Fresh explanations stay in the policy's own distribution, and they make the answer likelier than its own failed chains do."),
        Supplements = [new(SelfExplanation.Definition)],
    };

    /// <summary>ExP-DPO; offline with <c>refresh: 0</c>. The rollouts of a step are measured and give the rejected sides; the objective itself is 0.</summary>
    public static ObjectivePreset ExpDpo { get; } = new(Info(
        "exp-dpo",
        "Direct preference of self-explanations over the policy's own wrong rollouts.",
        "The objective on rollouts is switched off by an advantage of 0. What is learned is a preference: the policy's explanation of the gold answer, with that answer behind it, over a wrong rollout of the same prompt, relative to the policy of the beginning."))
    {
        Advantage = new(ConstantAdvantage.Definition, new ConstantAdvantageOptions { Value = 0 }),
        Ratio = new(NoRatio.Definition),
        Clipping = new(PolicyGradientSurrogate.Definition),
        Aggregation = new(MeanAggregation.TokenMeanDefinition),
        Supplements = [new(ExplainedPreferences.Definition)],
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ObjectivePreset> All { get; } = [Expo, ExpDpo];

    private static ComponentInfo Info(string key, string summary, string mechanism) =>
        new(key, Seam.Objectives, summary, "L(θ) = Σ_{i,t} a_{i,t} ( m_{i,t} c_{i,t} ℓ_{i,t} + Σ_k p^k_{i,t} ) + Σ_j S_j", Source) { Mechanism = mechanism };
}
