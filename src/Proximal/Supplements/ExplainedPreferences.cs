using Proximal.Recipes;
using Proximal.Tasks;

namespace Proximal.Supplements;

/// <summary>
/// ExP-DPO: <c>-log σ(β [ log(π/π_ref)(c̃, a* | q) - log(π/π_ref)(y_wrong | q) ])</c>, where the chosen side is a self-explanation with the gold answer and the
/// rejected one a wrong rollout of the same policy. arXiv:2507.02834.
/// </summary>
/// <remarks>
/// <c>refresh: 0</c> is the offline variant: both sides come from the policy with which the stage began. The reference is that policy too, also where pairs are
/// refreshed; <c>policy.reference-reset</c> moves it.
/// </remarks>
public sealed record ExplainedPreferences : SupplementSettings, IRequires
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<SupplementSettings, ExplainedPreferences> Definition { get; } = new(
        new ComponentInfo(
            "explained-preferences",
            Seam.Supplements,
            "Prefer the policy's own explanation of the gold answer to its own wrong rollout.",
            "S = -γ mean log σ(β (Δ([c̃, a^*]) - Δ(y_wrong))),  Δ(z) = log π_θ(z | q) - log π_ref(z | q),  c̃ ~ π(· | q, a^*, \"explain\")",
            "ExPO: Unlocking Hard Reasoning with Self-Explanation-Guided Reinforcement Learning, arXiv:2507.02834")
        {
            Mechanism = "Preference optimization needs a chosen side, and for hard problems the policy has none. A self-explanation of the gold answer stands in: it is likely under the policy and ends rightly. The rejected side is a wrong rollout of the same prompt. Pairs come from the policy of the beginning (offline), or from the current one at every refresh (iterated).",
        },
        new OptionSchema<ExplainedPreferences>(() => new ExplainedPreferences())
            .Number("beta", o => o.Beta, (o, v) => o with { Beta = v }, "β: strength of the pull to the reference.", 1e-6, 1e6)
            .Number("coefficient", o => o.Coefficient, (o, v) => o with { Coefficient = v }, "γ: weight of the loss.", 0, 1e6)
            .Integer("refresh", o => o.Refresh, (o, v) => o with { Refresh = v }, "Steps after which the current policy gives the pairs; 0 for that of the beginning always (offline).", 0, 100_000_000)
            .Flag("only-all-wrong", o => o.OnlyAllWrong, (o, v) => o with { OnlyAllWrong = v }, "Pairs only for prompts all of whose rollouts are wrong.")
            .Flag("filter-consistent", o => o.FilterConsistent, (o, v) => o with { FilterConsistent = v }, "Leave out explanations with a step that does not hold, where the task can check steps."),
        settings => settings);

    /// <summary>β: strength of the pull to the reference.</summary>
    public double Beta { get; init; } = 0.1;

    /// <summary>γ: weight of the loss.</summary>
    public double Coefficient { get; init; } = 1;

    /// <summary>Steps after which the current policy gives the pairs: 1 for new ones in every step, 0 for the policy of the beginning always.</summary>
    public int Refresh { get; init; } = 1;

    /// <summary>Whether there are pairs only for prompts all of whose rollouts are wrong.</summary>
    public bool OnlyAllWrong { get; init; }

    /// <summary>Whether explanations are left out whose steps the task finds wrong.</summary>
    public bool FilterConsistent { get; init; }

    /// <inheritdoc/>
    public Requirements Requirements => Requirements.Reference;

    /// <inheritdoc/>
    public override IEnumerable<string> Symbols => TaskHints.AnswerSymbols;

    /// <inheritdoc/>
    public override ISupplement Create(SupplementParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new ExplainedPreferenceLoss(parts, this);
    }
}
