namespace Proximal.Tasks.Families;

/// <summary>Options of <see cref="ChainSumTask"/>: difficulty + 1 digits, so 1 to 9 gives 2 to 10.</summary>
public sealed record ChainSumOptions : ProceduralOptions
{
    /// <summary>Share of demonstrations that never come to an end: after the running sums the last two are repeated over and over. They teach a model that loops.</summary>
    public double Loops { get; init; }

    /// <inheritdoc/>
    protected override int MaximumDifficulty => 9;

    /// <inheritdoc/>
    public override string? FindFault() =>
        base.FindFault()
        ?? OptionChecks.Holds(Loops is >= 0 and <= 1, "loops", Loops, "a share from 0 to 1")
        ?? OptionChecks.Holds(Style is ResponseStyle.Bare or ResponseStyle.Reasoned, "style", Style, "bare (guess the sum) or reasoned (running sums first)")
        ?? OptionChecks.Holds(Template == 0, "template", Template, "0: the task has a form of its own");
}
