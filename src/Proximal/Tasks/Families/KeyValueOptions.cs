namespace Proximal.Tasks.Families;

/// <summary>Options of <see cref="KeyValueTask"/>: difficulty is the number of look-ups.</summary>
public sealed record KeyValueOptions : ProceduralOptions
{
    /// <summary>Starts with bare answers: the environment puts them into the form that ends an episode.</summary>
    public KeyValueOptions() => Style = ResponseStyle.Bare;

    /// <summary>Keys of the tables.</summary>
    public int Keys { get; init; } = KeyValueTables.MaximumKeys;

    /// <summary>Whether a problem has 1 to difficulty look-ups instead of exactly that many.</summary>
    public bool Mixed { get; init; }

    /// <summary>Whether all problems share one pair of tables, which a model can learn by heart; otherwise every problem has its own, and only looking up helps.</summary>
    public bool OneWorld { get; init; }

    /// <inheritdoc/>
    protected override int MaximumDifficulty => 3;

    /// <inheritdoc/>
    public override string? FindFault() => base.FindFault() ?? OptionChecks.Range("keys", Keys, 10, KeyValueTables.MaximumKeys);
}
