namespace Proximal.Clipping;

/// <summary>The detached weight that <see cref="RegularizedReinforce"/> puts on a token.</summary>
public enum SampleWeight
{
    /// <summary>1.</summary>
    None,

    /// <summary>The ratio: that of the token or, with the ratio <c>sequence</c>, of the response.</summary>
    Importance,

    /// <summary><c>clamp(r, 1-ε_l', 1+ε_h')</c>.</summary>
    Truncated,

    /// <summary><c>exp(A / T)</c>: RED-Weight.</summary>
    Advantage,
}
