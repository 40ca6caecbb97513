namespace Proximal.Tasks.Families;

/// <summary>Options of <see cref="JsonObjectTask"/>: difficulty is the number of fields.</summary>
public sealed record JsonObjectOptions : ProceduralOptions
{
    /// <summary>Starts with bare answers, of two fields: the object is the response.</summary>
    public JsonObjectOptions() => (Style, Difficulty) = (ResponseStyle.Bare, 2);

    /// <summary>The most words of a text.</summary>
    public int Words { get; init; } = 3;

    /// <inheritdoc/>
    protected override int MaximumDifficulty => 5;

    /// <inheritdoc/>
    public override string? FindFault() => base.FindFault() ?? OptionChecks.Range("words", Words, 1, 8);
}
