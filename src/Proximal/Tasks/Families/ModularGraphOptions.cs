namespace Proximal.Tasks.Families;

/// <summary>Options of <see cref="ModularGraphTask"/>: difficulty + 2 needed variables at most.</summary>
public sealed record ModularGraphOptions : ProceduralOptions
{
    /// <summary>The modulus m.</summary>
    public int Modulus { get; init; } = 11;

    /// <summary>How many of the variables are distractors that nothing else uses.</summary>
    public int Distractors { get; init; } = 1;

    /// <inheritdoc/>
    protected override int MaximumDifficulty => 14;

    /// <inheritdoc/>
    public override string? FindFault() =>
        base.FindFault() ?? OptionChecks.Range("modulus", Modulus, 3, 1000) ?? OptionChecks.Range("distractors", Distractors, 0, 10);
}
