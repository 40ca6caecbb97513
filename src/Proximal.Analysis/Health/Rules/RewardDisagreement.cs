using Proximal.Runs;

namespace Proximal.Analysis.Health.Rules;

/// <summary>The reward pays for something else than right answers.</summary>
internal sealed class RewardDisagreement : IHealthRule
{
    private const string Reward = "reward/mean";
    private const string Terms = "reward/term/";
    private const int LongestExcerpt = 160;
    private const int MostExcerpts = 3;

    /// <summary>Three points of a hundred fewer right rollouts, more than the noise of two.</summary>
    private const double Loss = 0.03;

    /// <summary>A tenth of its own spread is a rise of the reward.</summary>
    private const double Rise = 0.1;

    /// <summary>One pair in ten: rounding of graded rewards explains fewer.</summary>
    private const double ManyPairs = 0.1;
    private const int EnoughPairs = 20;

    public string Id => "reward-disagreement";

    public string Title => "Reward and right answers disagree";

    public string Criterion =>
        "The reward has risen since the first steps by more than a tenth of its spread while the share of right rollouts has fallen by more than 0.03; or, among recorded rollouts of the same prompt, "
        + "a wrong one earns more than a right one in more than 10% of at least 20 pairs. Either way the policy is paid for what is not asked for, and will find more of it.";

    public IReadOnlyList<string> Metrics => [Reward, Terms, Progress.Metric];

    public Finding? Examine(RunEvidence run)
    {
        (double inverted, int pairs, List<FindingExcerpt> excerpts) = Invert(run);
        bool isInverted = pairs >= EnoughPairs && inverted > ManyPairs;
        MetricSeries? reward = run.Series(Reward), exact = run.Exact;
        bool isApart = reward is not null && exact is not null && exact.Early - exact.Late > Loss && reward.Late - reward.Early > Rise * Spread(reward);
        if (!isApart && !isInverted)
        {
            return null;
        }

        string[] risen = exact is null || !isApart ? [] : [.. run.Names.Where(name => name.StartsWith(Terms, StringComparison.Ordinal) && run.Series(name) is { } term && term.Late - term.Early > Rise * Spread(term))];
        return new Finding
        {
            Rule = Id,
            Title = Title,
            Severity = isApart ? Severity.Critical : Severity.Warning,
            FirstStep = isApart ? Math.Max(1, exact!.Since(mean => exact.Early - mean > Loss)) : excerpts[^1].Step,
            LastStep = run.LastStep,
            Evidence = string.Join(" ", new[]
            {
                isApart ? FormattableString.Invariant($"The mean reward rose from {reward!.Early:0.000} to {reward.Late:0.000}{Progress.Describe(run)}.") : "",
                risen.Length > 0 ? $"Terms that rose: {string.Join(", ", risen.Select(name => name[Terms.Length..]))}." : "",
                isInverted ? FormattableString.Invariant($"In {inverted:0%} of {pairs} recorded pairs of rollouts of a prompt the wrong one earns more than the right one.") : "",
            }.Where(sentence => sentence.Length > 0)),
            Numbers =
            [
                new("reward at the beginning", reward?.Early ?? double.NaN),
                new("reward at the end", reward?.Late ?? double.NaN),
                new("right at the beginning", exact?.Early ?? double.NaN),
                new("right at the end", exact?.Late ?? double.NaN),
                new("share of inverted pairs", pairs == 0 ? double.NaN : inverted),
            ],
            Metrics = [Reward, Progress.Metric, .. risen],
            Excerpts = [.. excerpts.Take(MostExcerpts)],
            Advice =
            [
                "look at the rollouts below: what do they do that earns without being right?",
                "a smaller weight of the terms that rose (policy.rewards), or the verdict as a condition for them",
                "a stricter verifier, and a penalty on the divergence from the reference (policy.regularizers: kl) meanwhile",
            ],
        };
    }

    /// <summary>Difference between the 90% and the 10% quantile, and a little for constants.</summary>
    private static double Spread(MetricSeries series) =>
        Statistics.Quantiles.Linear(series.Values, 0.9) - Statistics.Quantiles.Linear(series.Values, 0.1) + 1e-9;

    /// <summary>Share of pairs of a wrong and a right rollout of one prompt of which the wrong one earns more, their number, and the wrong ones that earn most, the latest first.</summary>
    private static (double Inverted, int Pairs, List<FindingExcerpt> Excerpts) Invert(RunEvidence run)
    {
        int pairs = 0, inverted = 0;
        List<FindingExcerpt> excerpts = [];
        foreach (RolloutRecord record in run.Rollouts.Reverse())
        {
            float[] right = [.. record.Paths.Where(path => path.Correct).Select(path => path.Reward)];
            for (int path = 0; path < record.Paths.Count; path++)
            {
                RecordedPath wrong = record.Paths[path];
                if (wrong.Correct)
                {
                    continue;
                }

                int below = right.Count(reward => reward < wrong.Reward);
                pairs += right.Length;
                inverted += below;
                if (below > 0)
                {
                    excerpts.Add(new FindingExcerpt(record.Step, record.Group, path, FormattableString.Invariant($"wrong, reward {wrong.Reward:0.###}: {Excerpts.Shorten(wrong.Response, LongestExcerpt)}")));
                }
            }
        }

        return (pairs == 0 ? 0 : (double)inverted / pairs, pairs, excerpts);
    }
}
