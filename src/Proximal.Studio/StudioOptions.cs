namespace Proximal.Studio;

/// <summary>What the studio shows and where.</summary>
public sealed record StudioOptions
{
    /// <summary>The port that is tried first.</summary>
    public const int DefaultPort = 6161;

    /// <summary>A folder of runs, or a single run.</summary>
    public required string Folder { get; init; }

    /// <summary>The port on the loopback address; 0 takes a free one, null <see cref="DefaultPort"/> or a free one where that is taken.</summary>
    public int? Port { get; init; }

    /// <summary>How often files are looked at while somebody watches.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(700);
}
