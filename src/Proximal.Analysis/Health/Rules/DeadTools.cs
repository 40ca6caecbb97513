namespace Proximal.Analysis.Health.Rules;

/// <summary>The environment offers something that the policy never uses, has given up, or always gets refused.</summary>
internal sealed class DeadTools : IHealthRule
{
    private const string Counters = "episode/";

    /// <summary>Less than one use in fifty rollouts.</summary>
    private const double Unused = 0.02;

    /// <summary>One use in five rollouts was there to be lost.</summary>
    private const double WasUsed = 0.2;

    /// <summary>Nine of ten: a policy that still learns the syntax gets more than that through.</summary>
    private const double AlwaysFails = 0.9;

    private static readonly HashSet<string> Uses =
        new(["accesses", "call", "calls", "command", "commands", "execution", "executions", "lookup", "lookups", "proposal", "proposals", "queries", "query", "request", "requests", "retrieval", "retrievals", "search", "searches", "uses"], StringComparer.Ordinal);

    private static readonly HashSet<string> Failures =
        new(["denied", "error", "errors", "fail", "failed", "failures", "invalid", "malformed", "misses", "refused", "rejected", "timeouts"], StringComparer.Ordinal);

    /// <summary>Words that make of a use something which is better rare, or which tells how good it was: <c>over-calls</c>, <c>gold-retrievals</c>.</summary>
    private static readonly HashSet<string> Qualifiers = new(["gold", "over", "redundant", "repeated", "under", "wasted"], StringComparer.Ordinal);

    public string Id => "dead-tools";

    public string Title => "Tools that are not used or always fail";

    public string Criterion =>
        "A counter of uses (calls, commands, lookups, queries, ...) of the environment stays below one in 50 rollouts over the last steps, never having been or no longer being used; or counters of failures "
        + "(errors, misses, refused, ...) reach 90% of the uses. The gradient cannot tell how to use what is never used with success.";

    public IReadOnlyList<string> Metrics => [Counters, Progress.Metric];

    public Finding? Examine(RunEvidence run)
    {
        string[] counters = [.. run.Names.Where(name => name.StartsWith(Counters, StringComparison.Ordinal) && run.Series(name) is not null)];
        string[] uses = [.. counters.Where(name => IsOf(name, Uses) && !IsOf(name, Failures) && !IsOf(name, Qualifiers))];
        string[] dead = [.. uses.Where(name => run.Series(name)!.Late < Unused)];
        double used = uses.Sum(name => run.Series(name)!.Late), failed = counters.Where(name => IsOf(name, Failures)).Sum(name => run.Series(name)!.Late);
        bool fails = used > WasUsed && failed >= AlwaysFails * used;
        if ((dead.Length == 0 && !fails) || run.IsSolved)
        {
            return null;
        }

        string[] givenUp = [.. dead.Where(name => run.Series(name)!.Early > WasUsed)];
        return new Finding
        {
            Rule = Id,
            Title = Title,
            Severity = fails || givenUp.Length > 0 ? Severity.Warning : Severity.Note,
            FirstStep = dead.Length > 0 ? run.Series(dead[0])!.Since(mean => mean < Unused) : run.Series(uses[0])!.Steps[0],
            LastStep = run.LastStep,
            Evidence = string.Join(" ", new[]
            {
                givenUp.Length > 0 ? $"No longer used: {Names(givenUp)}." : "",
                dead.Length > givenUp.Length ? $"Never used: {Names(dead.Except(givenUp))}." : "",
                fails ? FormattableString.Invariant($"Of {used:0.0} uses a rollout {failed:0.0} fail.") : "",
            }.Where(sentence => sentence.Length > 0)),
            Numbers = [new("uses a rollout", used), new("failures a rollout", failed), new("counters without use", dead.Length)],
            Metrics = [.. counters],
            Advice =
            [
                "demonstrations that use the tool (supervised), so that there are uses to reward",
                "look at the observations in recorded rollouts: an error that says what was wrong can be learned from",
                "a small reward for a successful use (policy.rewards: counter), until the answer pays for it",
            ],
        };
    }

    private static bool IsOf(string counter, HashSet<string> words) => counter[Counters.Length..].Split('-').Any(words.Contains);

    private static string Names(IEnumerable<string> counters) => string.Join(", ", counters.Select(name => name[Counters.Length..]));
}
