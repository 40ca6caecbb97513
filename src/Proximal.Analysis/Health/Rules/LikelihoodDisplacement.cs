namespace Proximal.Analysis.Health.Rules;

/// <summary>Learning makes right answers less probable: what is pushed down pulls them with it.</summary>
internal sealed class LikelihoodDisplacement : IHealthRule
{
    private const string Right = "likelihood/right";
    private const string Shift = "likelihood/right-shift";

    /// <summary>At 0.3 nats a token a right answer of ten tokens has become twenty times less probable.</summary>
    private const double Fall = 0.3;
    private const double DeepFall = 1;

    /// <summary>Right answers lose a fiftieth of the probability of every token within the step that learns from them.</summary>
    private const double DownwardShift = -0.02;

    public string Id => "likelihood-displacement";

    public string Title => "Likelihood displacement of right answers";

    public string Criterion =>
        "The mean log-probability of the tokens of right answers has fallen by more than 0.3 nats since the first steps (critical: 1), or updates within a step lower it by more than 0.02 nats, "
        + "and no larger share of rollouts is right than at the beginning. 0.3 nats a token make an answer of ten tokens twenty times less probable.";

    public IReadOnlyList<string> Metrics => [Right, Shift, Progress.Metric];

    public Finding? Examine(RunEvidence run)
    {
        MetricSeries? right = run.Series(Right), shift = run.Series(Shift);
        double fall = right is null ? 0 : right.Early - right.Late, push = shift?.Late ?? 0;
        bool hasFallen = fall > Fall, isPushed = push < DownwardShift;
        if (run.HasImproved || run.IsSolved || (!hasFallen && !isPushed))
        {
            return null;
        }

        string fell = hasFallen ? FormattableString.Invariant($"The log-probability of a token of right answers fell from {right!.Early:0.000} to {right.Late:0.000} nats") : "";
        string pushed = isPushed ? FormattableString.Invariant($"The updates of a step move the log-probability of its right answers by {push:0.000} nats a token") : "";
        return new Finding
        {
            Rule = Id,
            Title = Title,
            Severity = fall > DeepFall ? Severity.Critical : Severity.Warning,
            FirstStep = hasFallen ? right!.Since(mean => right.Early - mean > Fall) : shift!.Since(mean => mean < DownwardShift),
            LastStep = run.LastStep,
            Evidence = $"{(hasFallen ? fell : pushed)}{Progress.Describe(run)}.{(hasFallen && isPushed ? " " + pushed + "." : "")}",
            Numbers =
            [
                new("log-probability at the beginning", right?.Early ?? double.NaN),
                new("log-probability at the end", right?.Late ?? double.NaN),
                new("shift within a step", shift?.Late ?? double.NaN),
            ],
            Metrics = [Right, "likelihood/wrong", Shift, Progress.Metric],
            Advice =
            [
                "hold right answers up: policy.regularizers llds or correct-likelihood",
                "weaken the push on wrong answers: a smaller policy.clipping.low, or the selection red-drop, which drops wrong rollouts",
                "lower policy.optimizer.learning-rate or policy.epochs",
            ],
        };
    }
}
