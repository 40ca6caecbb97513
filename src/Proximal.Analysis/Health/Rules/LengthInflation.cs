namespace Proximal.Analysis.Health.Rules;

/// <summary>Responses grow without getting better.</summary>
internal sealed class LengthInflation : IHealthRule
{
    private const string Length = "response/tokens";

    /// <summary>Half as long again: beyond what a changed mixture of prompts explains.</summary>
    private const double Growth = 1.5;
    private const double LargeGrowth = 3;

    public string Id => "length-inflation";

    public string Title => "Responses grow without getting better";

    public string Criterion =>
        "Responses of the last steps are half as long again as those of the first (critical: three times as long), and no larger share of rollouts is right. "
        + "Sequence means of token losses punish long wrong responses less for each token, which rewards length by itself (Liu et al. 2025).";

    public IReadOnlyList<string> Metrics => [Length, Progress.Metric];

    public Finding? Examine(RunEvidence run) => run.Series(Length) is not { } length || length.Late <= Growth * length.Early || run.HasImproved || run.IsSolved ? null : new Finding
    {
        Rule = Id,
        Title = Title,
        Severity = length.Late > LargeGrowth * length.Early ? Severity.Critical : Severity.Warning,
        FirstStep = length.Since(mean => mean > Growth * length.Early),
        LastStep = run.LastStep,
        Evidence = FormattableString.Invariant($"Responses grew from {length.Early:0.0} to {length.Late:0.0} tokens{Progress.Describe(run)}."),
        Numbers = [new("tokens at the beginning", length.Early), new("tokens at the end", length.Late), new("share of right rollouts", run.LateExact)],
        Metrics = [Length, "response/truncated", Progress.Metric],
        Advice =
        [
            "sum losses over tokens, not over responses (policy.aggregation: token-mean or constant-length)",
            "a price of length: policy.shaping overlong-punishment or length-band",
            "look at long rollouts: repetition at their end is punished by the shaping repetition-penalty",
        ],
    };
}
