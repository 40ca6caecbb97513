namespace Proximal.Analysis.Health.Rules;

/// <summary>Nearly every prompt has been solved by all of its rollouts for most of the run: it goes on without anything to learn.</summary>
internal sealed class AlwaysSolvedPrompts : IHealthRule
{
    private const string Always = "groups/always-solved";

    /// <summary>At one prompt in ten a step is mostly repetition.</summary>
    private const double NearlyAll = 0.9;

    /// <summary>A run that is solved in its last half has just the steps that it needed.</summary>
    private const double LargePart = 0.5;

    public string Id => "prompts-always-solved";

    public string Title => "Prompts that are always solved";

    public string Criterion =>
        "For more than half of the steps, up to the last, all rollouts were right for more than 90% of the prompts. What is solved by every rollout has no variance and teaches nothing; "
        + "less than half a run of it is the usual safety margin of a recipe.";

    public IReadOnlyList<string> Metrics => [Always];

    public Finding? Examine(RunEvidence run)
    {
        if (run.Series(Always) is not { } always || always.Late <= NearlyAll)
        {
            return null;
        }

        int since = always.Since(mean => mean > NearlyAll);
        return run.LastStep - since <= LargePart * run.LastStep ? null : new Finding
        {
            Rule = Id,
            Title = Title,
            Severity = Severity.Note,
            FirstStep = since,
            LastStep = run.LastStep,
            Evidence = FormattableString.Invariant($"Since step {since} all rollouts were right for more than 90% of the prompts ({always.Late:0%} in the last steps)."),
            Numbers = [new("share at the end", always.Late), new("first step", since)],
            Metrics = [Always, "groups/zero-variance", Progress.Metric],
            Advice = ["harder prompts, or a mixture with harder ones", "fewer steps (policy.steps)", "the selection dynamic-sampling, which replaces such prompts"],
        };
    }
}
