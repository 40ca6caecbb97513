namespace Proximal.Models.Generation;

/// <summary>What follows from where tokens come from.</summary>
public static class SegmentOrigins
{
    /// <summary>Whether a policy gradient trains tokens of this origin: those that the policy sampled, and those that stand in its turn in their place.</summary>
    public static bool IsTrained(this SegmentOrigin origin) => origin is SegmentOrigin.Policy or SegmentOrigin.Probe;
}
