namespace Proximal.Tasks.Families;

/// <summary>Options of <see cref="ToolProgramTask"/>: difficulty scales the sizes.</summary>
public sealed record ToolProgramOptions : ProceduralOptions
{
    /// <summary>Starts with bare answers: the answer is the turn that calls nothing.</summary>
    public ToolProgramOptions() => Style = ResponseStyle.Bare;

    /// <summary>The kinds of problems to draw from: primes, fibonacci, substrings, sort, gcd.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = ToolProgramTask.Kinds;

    /// <summary>Whether the answer is a program that defines <c>f</c>, judged by hidden tests, instead of a value.</summary>
    public bool Program { get; init; }

    /// <inheritdoc/>
    protected override int MaximumDifficulty => 3;

    /// <inheritdoc/>
    public override string? FindFault() => base.FindFault()
        ?? OptionChecks.Holds(Kinds.Count > 0 && Kinds.All(ToolProgramTask.Kinds.Contains), "kinds", string.Join(", ", Kinds), $"some of {string.Join(", ", ToolProgramTask.Kinds)}");
}
