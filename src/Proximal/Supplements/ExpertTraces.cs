using Proximal.Recipes;
using Proximal.Tasks;

namespace Proximal.Supplements;

/// <summary>
/// Supervised learning from an expert's solutions of the step's problems beside the objective: <c>L = L_policy - β mean log π_θ(expert | q)</c>, what
/// self-explanations are compared with.
/// </summary>
public sealed record ExpertTraces : SupplementSettings
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<SupplementSettings, ExpertTraces> Definition { get; } = new(
        new ComponentInfo(
            "expert-traces",
            Seam.Supplements,
            "Learn from an expert's solutions of the problems of the step.",
            "S = -β/N Σ_{i,t} log π_θ(e_{i,t} | q_i, e_{i,<t})",
            "Baseline of ExPO, arXiv:2507.02834")
        {
            Mechanism = "The task's own worked solution of each prompt is a supervised target beside the objective. It is always right, but nothing makes it likely under the policy: an expert with another style pulls the policy out of its distribution.",
        },
        new OptionSchema<ExpertTraces>(() => new ExpertTraces())
            .Number("coefficient", o => o.Coefficient, (o, v) => o with { Coefficient = v }, "β: weight of the loss.", 0, 1e6)
            .Number("anneal", o => o.Anneal, (o, v) => o with { Anneal = v }, "Share of the stage over which β falls linearly to 0; 0 for a constant.", 0, 1)
            .Flag("only-all-wrong", o => o.OnlyAllWrong, (o, v) => o with { OnlyAllWrong = v }, "Learn only prompts all of whose rollouts are wrong.")
            .Choice(
                "style",
                o => o.Style,
                (o, v) => o with { Style = v },
                "How the expert writes steps: as the task's demonstrations do, or with words in place of operators.",
                ("canonical", DemonstrationStyle.Canonical),
                ("verbose", DemonstrationStyle.Verbose)),
        settings => settings);

    /// <summary>β: weight of the loss.</summary>
    public double Coefficient { get; init; } = 0.04;

    /// <summary>Share of the stage over which β falls linearly to 0; 0 for a constant.</summary>
    public double Anneal { get; init; }

    /// <summary>Whether only prompts are learned all of whose rollouts are wrong.</summary>
    public bool OnlyAllWrong { get; init; }

    /// <summary>How the expert writes steps.</summary>
    public DemonstrationStyle Style { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<string> Symbols => Style == DemonstrationStyle.Verbose ? VerboseSteps.Characters.Select(c => c.ToString()) : [];

    /// <inheritdoc/>
    public override ISupplement Create(SupplementParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.Task.Demonstration(parts.Task.Generate(TaskSplit.Train, 0), Style) is null
            ? throw new InvalidDataException($"policy.supplements has expert-traces of style 'verbose', expected 'canonical': task '{parts.Task.Name}' has no other")
            : new ExpertTraceLoss(parts, this);
    }
}
