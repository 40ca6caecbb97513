namespace Proximal.Analysis.Health.Rules;

/// <summary>Most prompts have rollouts that all earn the same: no advantage, no gradient.</summary>
internal sealed class ZeroVarianceGroups : IHealthRule
{
    private const string ZeroVariance = "groups/zero-variance";
    private const string Never = "groups/never-solved";
    private const string Always = "groups/always-solved";

    /// <summary>Four of five prompts are rolled out for nothing: the same gradient costs five times as much.</summary>
    private const double Most = 0.8;

    public string Id => "zero-variance-groups";

    public string Title => "Groups without variance";

    public string Criterion =>
        "More than 80% of the groups of the last steps have the same reward in all rollouts, and fewer than 90% of rollouts are right. Such groups have no advantage: the rest of the batch "
        + "learns alone, at five times the price. Runs with one rollout a prompt are left out.";

    public IReadOnlyList<string> Metrics => [ZeroVariance, Never, Always, Progress.Metric];

    public Finding? Examine(RunEvidence run)
    {
        // Shares of solved prompts are logged only where prompts have several rollouts.
        if (run.Series(ZeroVariance) is not { } alike || run.Series(Never) is not { } never || run.Series(Always) is not { } always || run.IsSolved || alike.Late <= Most)
        {
            return null;
        }

        bool isHard = never.Late >= always.Late;
        return new Finding
        {
            Rule = Id,
            Title = Title,
            Severity = Severity.Warning,
            FirstStep = alike.Since(mean => mean > Most),
            LastStep = run.LastStep,
            Evidence = FormattableString.Invariant(
                $"In {alike.Late:0%} of the groups of the last steps all rollouts earn the same; {never.Late:0%} of the prompts are solved by none and {always.Late:0%} by all of them."),
            Numbers = [new("share without variance", alike.Late), new("share never solved", never.Late), new("share always solved", always.Late)],
            Metrics = [ZeroVariance, Never, Always],
            Advice =
            [
                isHard ? "begin with easier prompts or longer supervised learning: nothing is found that could be rewarded" : "take harder prompts: most of these are solved already",
                "more rollouts a prompt (policy.rollouts), or the selection dynamic-sampling, which replaces such groups",
                "a graded reward (policy.rewards: partial or format beside the verdict) tells rollouts apart that are all wrong",
            ],
        };
    }
}
