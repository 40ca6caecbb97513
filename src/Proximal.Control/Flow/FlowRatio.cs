namespace Proximal.Control.Flow;

/// <summary>How the ratio of two policies is taken over a step of a flow.</summary>
public enum FlowRatio
{
    /// <summary>The ratio of densities, as in Flow-GRPO.</summary>
    Plain,

    /// <summary>RatioNorm of GRPO-Guard: centred, and with the same spread at every noise level.</summary>
    Normalized,
}
