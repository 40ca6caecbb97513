using Proximal.Runs;

namespace Proximal.Analysis.Health.Rules;

/// <summary>Many responses are cut at the token budget, right or not.</summary>
internal sealed class OverlongTruncation : IHealthRule
{
    private const string Truncated = "response/truncated";
    private const int LongestExcerpt = 160;
    private const int MostExcerpts = 2;

    /// <summary>A fifth: its rewards speak of the budget instead of the answer.</summary>
    private const double Many = 0.2;
    private const double Half = 0.5;

    public string Id => "overlong-truncation";

    public string Title => "Responses are cut at the token budget";

    public string Criterion =>
        "More than 20% of the responses of the last steps were cut at the token budget (critical: 50%). A cut response earns nothing whatever it was about to say, so the reward becomes one of length.";

    public IReadOnlyList<string> Metrics => [Truncated];

    public Finding? Examine(RunEvidence run) => run.Series(Truncated) is not { } truncated || truncated.Late <= Many ? null : new Finding
    {
        Rule = Id,
        Title = Title,
        Severity = truncated.Late > Half ? Severity.Critical : Severity.Warning,
        FirstStep = truncated.Since(mean => mean > Many),
        LastStep = run.LastStep,
        Evidence = FormattableString.Invariant($"{truncated.Late:0%} of the responses of the last steps were cut ({truncated.Early:0%} at the beginning)."),
        Numbers = [new("share at the beginning", truncated.Early), new("share at the end", truncated.Late)],
        Metrics = [Truncated, "response/tokens", Progress.Metric],
        Excerpts = [.. Cut(run).Take(MostExcerpts)],
        Advice =
        [
            "a larger budget (policy.response-tokens)",
            "leave cut responses out of the loss (policy.selection: overlong-filter), or let the punishment begin before the limit (policy.shaping: overlong-punishment)",
            "where the text before the cut repeats itself: the shaping repetition-penalty",
        ],
    };

    private static IEnumerable<FindingExcerpt> Cut(RunEvidence run)
    {
        foreach (RolloutRecord record in run.Rollouts.Reverse())
        {
            for (int path = 0; path < record.Paths.Count; path++)
            {
                if (record.Paths[path].End == "truncated")
                {
                    yield return new FindingExcerpt(record.Step, record.Group, path, Excerpts.ShortenStart(record.Paths[path].Response, LongestExcerpt));
                }
            }
        }
    }
}
