using Proximal.Runs;

namespace Proximal.Analysis.Health.Rules;

/// <summary>A large part of the prompts, or a whole kind of them, is never solved by any rollout.</summary>
internal sealed class NeverSolvedPrompts : IHealthRule
{
    private const string Never = "groups/never-solved";
    private const string Kinds = "task/";
    private const string KindExact = "/exact";
    private const int LongestExcerpt = 160;
    private const int MostExcerpts = 3;

    /// <summary>Half of the prompts: below it a curriculum is the usual course of things.</summary>
    private const double Half = 0.5;

    /// <summary>A share that has fallen by so much is on its way.</summary>
    private const double OnItsWay = 0.1;

    public string Id => "prompts-never-solved";

    public string Title => "Prompts that are never solved";

    public string Criterion =>
        "More than half of the prompts of the last steps are solved by none of their rollouts, and that share has fallen by less than 0.1 since the first steps; or a family at one difficulty "
        + "has not had a single right rollout in the second half of the run. Prompts without any success give no direction to learn in.";

    public IReadOnlyList<string> Metrics => [Never, Kinds];

    public Finding? Examine(RunEvidence run)
    {
        MetricSeries? never = run.Series(Never);
        string[] kinds = [.. run.Names.Where(name => name.StartsWith(Kinds, StringComparison.Ordinal) && name.EndsWith(KindExact, StringComparison.Ordinal) && IsHopeless(run.Series(name)))];
        bool isMost = never is not null && never.Late > Half && never.Early - never.Late < OnItsWay;
        if (!isMost && kinds.Length == 0)
        {
            return null;
        }

        string families = string.Join(", ", kinds.Select(name => name[Kinds.Length..^KindExact.Length]));
        return new Finding
        {
            Rule = Id,
            Title = Title,
            Severity = Severity.Warning,
            FirstStep = isMost ? never!.Since(mean => mean > Half) : run.Series(kinds[0])!.Steps[^(run.Series(kinds[0])!.Count / 2)],
            LastStep = run.LastStep,
            Evidence = string.Join(" ", new[]
            {
                isMost ? FormattableString.Invariant($"{never!.Late:0%} of the prompts of the last steps were solved by none of their rollouts ({never.Early:0%} at the beginning).") : "",
                kinds.Length > 0 ? $"Not one rollout was right in the second half of the run for {families}." : "",
            }.Where(sentence => sentence.Length > 0)),
            Numbers = [new("share at the beginning", never?.Early ?? double.NaN), new("share at the end", never?.Late ?? double.NaN), new("kinds without any success", kinds.Length)],
            Metrics = [.. never is null ? [] : (string[])[Never], .. kinds],
            Excerpts = [.. run.Rollouts.Where(IsUnsolved).Reverse().Take(MostExcerpts).Select(record => new FindingExcerpt(record.Step, record.Group, -1, Excerpts.Shorten(record.Prompt, LongestExcerpt)))],
            Advice =
            [
                "easier prompts, or a mixture with easier ones, until there is something to reward",
                "longer or better demonstrations (supervised.steps): rewards can only make more frequent what is sampled at all",
                "more rollouts a prompt (policy.rollouts), more tokens (policy.response-tokens), or a graded reward",
            ],
        };
    }

    private static bool IsHopeless(MetricSeries? exact) => exact is not null && !exact.Values[(exact.Count / 2)..].ContainsAnyExcept(0.0);

    private static bool IsUnsolved(RolloutRecord record) => record.Paths.Count > 1 && record.Paths.All(path => !path.Correct);
}
