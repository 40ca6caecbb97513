namespace Proximal.Clipping;

/// <summary>Why the gradient of a token was changed: bits of <see cref="Surrogate.Clipped"/>.</summary>
public static class ClipMark
{
    /// <summary>The ratio left the trust region and the clip was active.</summary>
    public const byte TrustRegion = 1;

    /// <summary>The dual-clip floor was active.</summary>
    public const byte Dual = 2;

    /// <summary>The token was chosen for its covariance of log-probability and advantage.</summary>
    public const byte Covariance = 4;
}
