namespace Proximal.Analysis.Health.Rules;

/// <summary>So many tokens are clipped that the gradient is that of a minority.</summary>
internal sealed class ClipSaturation : IHealthRule
{
    private const string Fraction = "clip/fraction";

    /// <summary>More than twice what healthy runs show: a few tokens of a thousand for token ratios, 0.15 for sequence ratios (Zheng et al. 2025, GSPO, figure 2).</summary>
    private const double Much = 0.4;
    private const double Most = 0.7;

    public string Id => "clip-saturation";

    public string Title => "Clipping is saturated";

    public string Criterion =>
        "More than 40% of the tokens of the last steps are clipped (critical: 70%). Healthy runs clip up to a fifth; beyond twice that the step is too large for its trust region, and most tokens no longer learn.";

    public IReadOnlyList<string> Metrics => [Fraction];

    public Finding? Examine(RunEvidence run) => run.Series(Fraction) is not { } fraction || fraction.Late <= Much ? null : new Finding
    {
        Rule = Id,
        Title = Title,
        Severity = fraction.Late > Most ? Severity.Critical : Severity.Warning,
        FirstStep = fraction.Since(mean => mean > Much),
        LastStep = run.LastStep,
        Evidence = FormattableString.Invariant($"{fraction.Late:0%} of the tokens of the last steps were clipped ({fraction.Early:0%} at the beginning)."),
        Numbers = [new("share at the beginning", fraction.Early), new("share at the end", fraction.Late)],
        Metrics = [Fraction, "ratio/largest", "policy/kl"],
        Advice =
        [
            "lower policy.optimizer.learning-rate, or fewer passes over a batch (policy.epochs, policy.updates)",
            "wider bounds (policy.clipping.low and high) where the ratios are of whole sequences",
        ],
    };
}
