namespace Proximal.Analysis.Health.Rules;

/// <summary>The policy leaves its reference behind, faster and faster, without getting better.</summary>
internal sealed class DivergenceRunaway : IHealthRule
{
    private const string Divergence = "reference/kl";

    /// <summary>In nats a token: the reference would give each token of the policy 0.6 of the probability. Runs with a penalty stay below 0.1.</summary>
    private const double Far = 0.5;
    private const double OutOfSight = 5;

    /// <summary>Growth over the second half of the run; a policy that has arrived somewhere stays there.</summary>
    private const double Growth = 1.5;

    public string Id => "kl-runaway";

    public string Title => "Divergence from the reference runs away";

    public string Criterion =>
        "The divergence from the reference is above 0.5 nats a token (critical: 5), has grown by half since the middle of the run, and no larger share of rollouts is right than then. "
        + "Distance that buys something is learning; distance that buys nothing is forgetting.";

    public IReadOnlyList<string> Metrics => [Divergence, Progress.Metric];

    public Finding? Examine(RunEvidence run)
    {
        if (run.Series(Divergence) is not { } divergence || divergence.Late <= Far || divergence.Late <= Growth * divergence.Middle || run.HasImprovedLately)
        {
            return null;
        }

        return new Finding
        {
            Rule = Id,
            Title = Title,
            Severity = divergence.Late > OutOfSight ? Severity.Critical : Severity.Warning,
            FirstStep = divergence.Since(mean => mean > Far),
            LastStep = run.LastStep,
            Evidence = FormattableString.Invariant($"The policy is {divergence.Late:0.00} nats a token from the reference, {divergence.Middle:0.00} in the middle of the run{Progress.Describe(run)}."),
            Numbers = [new("divergence in the middle", divergence.Middle), new("divergence at the end", divergence.Late), new("share of right rollouts", run.LateExact)],
            Metrics = [Divergence, "reference/perplexity", Progress.Metric],
            Advice =
            [
                "a larger coefficient of the kl regularizer, or an adaptive one (policy.regularizers: { name: kl, adaptive: true })",
                "lower policy.optimizer.learning-rate",
                "look at rollouts of late steps: text that only the reward likes shows there",
            ],
        };
    }
}
