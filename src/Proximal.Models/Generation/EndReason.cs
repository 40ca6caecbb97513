namespace Proximal.Models.Generation;

/// <summary>Why generation of a segment stopped.</summary>
public enum EndReason
{
    /// <summary>It has not stopped: the segment has children or waits for them.</summary>
    Open,

    /// <summary>The policy emitted its end-of-sequence token.</summary>
    Finished,

    /// <summary>The token budget or the context was used up.</summary>
    Truncated,

    /// <summary>The environment or a verifier could not go on.</summary>
    Failed,
}
