namespace Proximal.Tasks.Families;

/// <summary>Options of <see cref="CountdownTask"/>: difficulty + 1 numbers.</summary>
public sealed record CountdownOptions : ProceduralOptions
{
    /// <summary>The smallest number.</summary>
    public int Minimum { get; init; } = 1;

    /// <summary>The largest number (99 in the public data sets).</summary>
    public int Maximum { get; init; } = 10;

    /// <summary>Whether the target is drawn independently, as the public data sets do; then not every instance has a solution.</summary>
    public bool Raw { get; init; }

    /// <summary>What the chain of thought shows.</summary>
    public CountdownThought Thought { get; init; }

    /// <summary>Failed attempts before the right one in <see cref="CountdownThought.Search"/>.</summary>
    public int WrongAttempts { get; init; } = 2;

    /// <summary>The behaviours that a search shows.</summary>
    public CountdownBehaviours Behaviours { get; init; } = CountdownBehaviours.Verification | CountdownBehaviours.Backtracking;

    /// <inheritdoc/>
    protected override int MaximumDifficulty => Raw ? CountdownSolver.MaximumNumbers - 1 : 6;

    /// <inheritdoc/>
    public override string? FindFault() =>
        base.FindFault()
        ?? OptionChecks.Range("minimum", Minimum, 1, 99)
        ?? OptionChecks.Range("maximum", Maximum, Minimum, 99)
        ?? OptionChecks.Range("wrong-attempts", WrongAttempts, 0, 8);
}
