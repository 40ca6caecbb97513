namespace Proximal.Models.Generation;

/// <summary>Where the tokens of a segment come from.</summary>
public enum SegmentOrigin
{
    /// <summary>The prompt.</summary>
    Prompt,

    /// <summary>Sampled from the policy: with probes the only tokens that a policy gradient trains.</summary>
    Policy,

    /// <summary>Inserted by an environment: a tool's answer or another observation.</summary>
    Environment,

    /// <summary>Written by a teacher: a demonstration or another model.</summary>
    Teacher,

    /// <summary>A hint that guides the policy.</summary>
    Hint,

    /// <summary>Put into the policy's turn in its place, to make it explore; trained like its own tokens, with the density of what put it there.</summary>
    Probe,
}
