namespace Proximal.Analysis.Health.Rules;

/// <summary>Rollout and update do not agree on the probability of the same token under the same weights.</summary>
internal sealed class SamplerMismatch : IHealthRule
{
    private const string Mismatch = "exactness/largest-mismatch";

    /// <summary>In nats. Both sides run on the same kernels and should agree to the bit; a thousandth is far above rounding.</summary>
    private const double Bound = 1e-3;
    private const double LargeBound = 0.1;

    public string Id => "sampler-mismatch";

    public string Title => "Sampler and trainer disagree";

    public string Criterion =>
        "At some step the log-probability of a token in the update differs by more than 0.001 nats from the one that the objective used (critical: 0.1). "
        + "Rollouts and updates run on the same kernels and agree to the bit, so every difference means other weights, other tokens or, in a mixture of experts, another route.";

    public IReadOnlyList<string> Metrics => [Mismatch];

    public Finding? Examine(RunEvidence run)
    {
        if (run.Series(Mismatch) is not { } mismatch)
        {
            return null;
        }

        int[] ill = [.. Enumerable.Range(0, mismatch.Count).Where(i => mismatch.Values[i] > Bound)];
        if (ill.Length == 0)
        {
            return null;
        }

        double largest = ill.Max(i => mismatch.Values[i]);
        return new Finding
        {
            Rule = Id,
            Title = Title,
            Severity = largest > LargeBound ? Severity.Critical : Severity.Warning,
            FirstStep = mismatch.Steps[ill[0]],
            LastStep = mismatch.Steps[ill[^1]],
            Evidence = FormattableString.Invariant($"In {ill.Length} of {mismatch.Count} steps the update saw another probability of a token than the objective, by up to {largest:0.0000} nats."),
            Numbers = [new("largest difference", largest), new("steps", ill.Length)],
            Metrics = [Mismatch, "ratio/mean", "experts/flip-rate"],
            Advice =
            [
                "in a mixture of experts replay the routes of the rollouts (policy.routing-replay)",
                "an environment or a collection of your own must keep the tokens that were sampled, never text that is tokenized again",
                "where the difference is wanted, weigh it (policy.correction)",
            ],
        };
    }
}
