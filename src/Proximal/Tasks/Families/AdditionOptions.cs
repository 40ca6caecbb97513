namespace Proximal.Tasks.Families;

/// <summary>Options of <see cref="AdditionTask"/>: difficulty is the number of digits.</summary>
public sealed record AdditionOptions : ProceduralOptions
{
    /// <summary>Only problems with at least this many carries.</summary>
    public int MinimumCarries { get; init; }

    /// <inheritdoc/>
    public override string? FindFault() => base.FindFault() ?? OptionChecks.Range("minimum-carries", MinimumCarries, 0, Difficulty);
}
