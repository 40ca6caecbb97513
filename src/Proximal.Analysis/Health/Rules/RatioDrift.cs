namespace Proximal.Analysis.Health.Rules;

/// <summary>The policy moves too far from the one that wrote the rollouts while it learns from them.</summary>
internal sealed class RatioDrift : IHealthRule
{
    private const string Mean = "ratio/mean";
    private const string Largest = "ratio/largest";
    private const string Divergence = "policy/kl";

    /// <summary>The mean of importance ratios is 1 for the distribution that they correct for; a quarter off, the estimate is dominated by few tokens.</summary>
    private const double MeanBound = 0.25;

    /// <summary>A token of which the policy makes a hundred times more than what it sampled.</summary>
    private const double LargestBound = 100;

    /// <summary>In nats a token; ten times the 0.01 at which implementations of PPO stop a step early (target KL).</summary>
    private const double DivergenceBound = 0.1;

    public string Id => "ratio-drift";

    public string Title => "Ratios drift within a step";

    public string Criterion =>
        "In the last steps the mean ratio is more than 0.25 from 1, the typical largest ratio is above 100, or the divergence of the policy from the one that sampled is above 0.1 nats a token. "
        + "Implementations of PPO stop a step at a divergence of 0.01 to 0.05.";

    public IReadOnlyList<string> Metrics => [Mean, Largest, Divergence];

    public Finding? Examine(RunEvidence run)
    {
        MetricSeries? mean = run.Series(Mean), largest = run.Series(Largest), divergence = run.Series(Divergence);
        bool isOff = mean is not null && Math.Abs(mean.Late - 1) > MeanBound;
        bool isHuge = largest is not null && largest.LateMedian > LargestBound;
        bool isFar = divergence is not null && divergence.Late > DivergenceBound;
        if (!isOff && !isHuge && !isFar)
        {
            return null;
        }

        int since = isFar ? divergence!.Since(value => value > DivergenceBound) : isOff ? mean!.Since(value => Math.Abs(value - 1) > MeanBound) : largest!.Since(value => value > LargestBound);
        return new Finding
        {
            Rule = Id,
            Title = Title,
            Severity = (isOff ? 1 : 0) + (isHuge ? 1 : 0) + (isFar ? 1 : 0) > 1 ? Severity.Critical : Severity.Warning,
            FirstStep = since < 0 ? run.LastStep : since,
            LastStep = run.LastStep,
            Evidence = FormattableString.Invariant(
                $"In the last steps ratios have the mean {mean?.Late ?? double.NaN:0.000}, the largest of a step is typically {largest?.LateMedian ?? double.NaN:0.#}, and the policy moves {divergence?.Late ?? double.NaN:0.0000} nats a token from the one that sampled."),
            Numbers = [new("mean ratio", mean?.Late ?? double.NaN), new("largest ratio", largest?.LateMedian ?? double.NaN), new("divergence", divergence?.Late ?? double.NaN)],
            Metrics = [Mean, Largest, Divergence, "clip/fraction"],
            Advice =
            [
                "lower policy.optimizer.learning-rate, or fewer passes over a batch (policy.epochs, policy.updates)",
                "clip tighter (policy.clipping), or sequence ratios (objective gspo) where long responses drift",
                "a smaller policy.gradient-clip; for replayed or stale rollouts a correction (policy.correction)",
            ],
        };
    }
}
