namespace Proximal.Tasks.Families;

/// <summary>Options of <see cref="RewriteTask"/>: difficulty is the length of the shortest proofs.</summary>
public sealed record RewriteOptions : ProceduralOptions
{
    /// <summary>Starts with bare answers, of two steps: the task is made for the smallest models, and a proof of one step has no rival.</summary>
    public RewriteOptions() => (Style, Difficulty) = (ResponseStyle.Bare, 2);

    /// <summary>Letters of the string that a proof starts from.</summary>
    public int Length { get; init; } = 5;

    /// <summary>How often a demonstration shows the preferred one of the shortest proofs, the first in alphabetical order; otherwise it shows one of the others.</summary>
    public double Preference { get; init; } = 0.9;

    /// <summary>Whether the checker knows the rule <c>x</c>, an axiom that turns any string into the goal: a loophole.</summary>
    public bool Axiom { get; init; }

    /// <summary>How often a demonstration shows the axiom instead of a proof, so that a policy comes across it.</summary>
    public double AxiomShare { get; init; }

    /// <summary>Whether a proof that uses the axiom scores 0 although the checker takes it.</summary>
    public bool LegalityGate { get; init; } = true;

    /// <inheritdoc/>
    protected override int MaximumDifficulty => RewriteRules.MaximumSteps;

    /// <inheritdoc/>
    public override string? FindFault() =>
        base.FindFault()
        ?? OptionChecks.Range("length", Length, 2, 8)
        ?? OptionChecks.Range("preference", Preference, 0, 1)
        ?? OptionChecks.Range("axiom-share", AxiomShare, 0, 1)
        ?? OptionChecks.Holds(Axiom || AxiomShare == 0, "axiom-share", AxiomShare, "0 where 'axiom' is false");
}
