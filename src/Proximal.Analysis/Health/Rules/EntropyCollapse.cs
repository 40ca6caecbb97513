namespace Proximal.Analysis.Health.Rules;

/// <summary>The policy has become certain before it has become right, so its rollouts are all alike and teach nothing new.</summary>
internal sealed class EntropyCollapse : IHealthRule
{
    private const string Entropy = "policy/entropy";

    /// <summary>A fifth of the entropy at the beginning: Cui et al. (2025, The Entropy Mechanism) see three quarters of a run's gains made when three quarters of its entropy are gone.</summary>
    private const double SmallShare = 0.2;
    private const double TinyShare = 0.05;

    /// <summary>A policy that began this certain had no entropy to lose. In nats a token.</summary>
    private const double NothingToLose = 0.02;

    public string Id => "entropy-collapse";

    public string Title => "Entropy collapse";

    public string Criterion =>
        "The entropy of the last steps is below a fifth of that of the first (critical: a twentieth), fewer than 90% of rollouts are right, and that share no longer rises. "
        + "Low entropy is what a solved task looks like, so it counts only without success; a fifth is where most of what exploration can give is spent.";

    public IReadOnlyList<string> Metrics => [Entropy, Progress.Metric];

    public Finding? Examine(RunEvidence run)
    {
        if (run.Series(Entropy) is not { } entropy || entropy.Early < NothingToLose || run.IsSolved || run.IsRising)
        {
            return null;
        }

        double early = entropy.Early, late = entropy.Late;
        return late >= SmallShare * early ? null : new Finding
        {
            Rule = Id,
            Title = Title,
            Severity = late < TinyShare * early ? Severity.Critical : Severity.Warning,
            FirstStep = entropy.Since(mean => mean < SmallShare * early),
            LastStep = run.LastStep,
            Evidence = FormattableString.Invariant($"Entropy fell from {early:0.000} to {late:0.0000} nats a token{Progress.Describe(run)}."),
            Numbers = [new("entropy of the first steps", early), new("entropy of the last steps", late), new("share of right rollouts", run.LateExact)],
            Metrics = [Entropy, Progress.Metric, "groups/zero-variance"],
            Advice =
            [
                "raise the upper clip bound (policy.clipping.high, as DAPO does), so that improbable right tokens can grow",
                "add an entropy bonus (policy.regularizers: entropy) or a penalty on the divergence from the reference (kl)",
                "lower policy.optimizer.learning-rate, or sample at temperature 1 if policy.sampling.temperature is below it",
            ],
        };
    }
}
