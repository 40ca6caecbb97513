namespace Proximal.Tasks.Families;

/// <summary>Options of <see cref="ModularAdditionTask"/>.</summary>
public sealed record ModularAdditionOptions : ProceduralOptions
{
    /// <summary>Starts with bare answers: the task is made for the smallest models.</summary>
    public ModularAdditionOptions() => Style = ResponseStyle.Bare;

    /// <summary>The modulus m; summands are in [0, m).</summary>
    public int Modulus { get; init; } = 97;

    /// <inheritdoc/>
    protected override int MaximumDifficulty => 1;

    /// <inheritdoc/>
    public override string? FindFault() => base.FindFault() ?? OptionChecks.Range("modulus", Modulus, 5, 100_000);
}
