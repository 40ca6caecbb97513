namespace Proximal.Tasks.Families;

/// <summary>Options of <see cref="ModularChainTask"/>: a chain of difficulty + 1 operations.</summary>
public sealed record ModularOptions : ProceduralOptions
{
    /// <summary>The modulus m.</summary>
    public int Modulus { get; init; } = 11;

    /// <inheritdoc/>
    protected override int MaximumDifficulty => 30;

    /// <inheritdoc/>
    public override string? FindFault() => base.FindFault() ?? OptionChecks.Range("modulus", Modulus, 3, 1000);
}
