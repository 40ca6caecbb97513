using Proximal.Recipes;
using Proximal.Tasks;

namespace Proximal.Supplements;

/// <summary>
/// ExP-SFT beside the objective: <c>L = L_policy - β mean log π_θ(c̃, a* | q)</c> with self-explanations <c>c̃ ~ π(· | q, a*, "explain")</c> of the gold answer a*,
/// learned from below the plain prompt q. "ExPO: Unlocking Hard Reasoning with Self-Explanation-Guided Reinforcement Learning", arXiv:2507.02834.
/// </summary>
/// <remarks>
/// The paper leaves the mean open: here it goes over the tokens of all targets of an update alike. β is reconstructed too. No gradient flows through the sampling
/// of c̃, and the answer that c̃ itself comes to is replaced by the gold one.
/// </remarks>
public sealed record SelfExplanation : SupplementSettings
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<SupplementSettings, SelfExplanation> Definition { get; } = new(
        new ComponentInfo(
            "self-explanation",
            Seam.Supplements,
            "Learn from the policy's own explanations of the gold answer.",
            "S = -β/N Σ_{i,t} log π_θ(z_{i,t} | q_i, z_{i,<t}),  z_i = [c̃_i, a_i^*],  c̃_i ~ π(· | q_i, a_i^*, \"explain\")",
            "ExPO: Unlocking Hard Reasoning with Self-Explanation-Guided Reinforcement Learning, arXiv:2507.02834")
        {
            Mechanism = "Where every rollout of a prompt is wrong, group-relative methods have no gradient. The policy is shown the gold answer and asked to explain it; what it writes leads to the answer and is still likely under its own distribution, unlike an expert's solution. The explanation with the gold answer becomes a supervised target for the plain prompt, without the hint. Explanations are drawn anew as the policy moves, because old ones drift out of its distribution.",
        },
        new OptionSchema<SelfExplanation>(() => new SelfExplanation())
            .Number("coefficient", o => o.Coefficient, (o, v) => o with { Coefficient = v }, "β: weight of the loss; 0 measures only.", 0, 1e6)
            .Number("anneal", o => o.Anneal, (o, v) => o with { Anneal = v }, "Share of the stage over which β falls linearly to 0; 0 for a constant.", 0, 1)
            .Integer("refresh", o => o.Refresh, (o, v) => o with { Refresh = v }, "Steps after which the current policy explains; 0 for that of the beginning always (stale).", 0, 100_000_000)
            .Flag("only-all-wrong", o => o.OnlyAllWrong, (o, v) => o with { OnlyAllWrong = v }, "Explain only prompts all of whose rollouts are wrong.")
            .Flag("filter-consistent", o => o.FilterConsistent, (o, v) => o with { FilterConsistent = v }, "Leave out explanations with a step that does not hold, where the task can check steps.")
            .Integer("measure", o => o.Measure, (o, v) => o with { Measure = v }, "Steps between measurements of the two gaps; 0 for never.", 0, 100_000_000),
        settings => settings);

    /// <summary>β: weight of the loss.</summary>
    public double Coefficient { get; init; } = 0.04;

    /// <summary>Share of the stage over which β falls linearly to 0, so that imperfect explanations are not locked in; 0 for a constant.</summary>
    public double Anneal { get; init; }

    /// <summary>Steps after which the current policy explains: 1 for fresh explanations in every step, 0 for the policy of the beginning always.</summary>
    public int Refresh { get; init; } = 1;

    /// <summary>Whether only prompts are explained all of whose rollouts are wrong.</summary>
    public bool OnlyAllWrong { get; init; }

    /// <summary>Whether explanations are left out whose steps the task finds wrong.</summary>
    public bool FilterConsistent { get; init; }

    /// <summary>Steps between measurements of the two gaps; 0 for never.</summary>
    public int Measure { get; init; } = 1;

    /// <inheritdoc/>
    public override IEnumerable<string> Symbols => TaskHints.AnswerSymbols;

    /// <inheritdoc/>
    public override ISupplement Create(SupplementParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new SelfExplanationLoss(parts, this);
    }
}
