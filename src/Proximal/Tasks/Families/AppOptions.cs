namespace Proximal.Tasks.Families;

/// <summary>Options of <see cref="AppTask"/>: difficulty 1 is one action, 2 an action that depends on what is read or two actions, 3 a chain of them.</summary>
public sealed record AppOptions : ProceduralOptions
{
    /// <summary>Starts with bare answers: commands are the answer.</summary>
    public AppOptions() => Style = ResponseStyle.Bare;

    /// <summary>Whether goals have difficulty 1 to <see cref="ProceduralOptions.Difficulty"/> instead of exactly that.</summary>
    public bool Mixed { get; init; }

    /// <summary>How often a demonstration calls functions without reading their help first.</summary>
    public double Careless { get; init; }

    /// <inheritdoc/>
    protected override int MaximumDifficulty => 3;

    /// <inheritdoc/>
    public override string? FindFault() => base.FindFault() ?? OptionChecks.Range("careless", Careless, 0, 1);
}
