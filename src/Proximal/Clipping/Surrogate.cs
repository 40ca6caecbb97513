namespace Proximal.Clipping;

/// <summary>The surrogate loss of each token and its derivatives, in reused columns.</summary>
public readonly ref struct Surrogate
{
    /// <summary>Loss of each token, to be minimized. [tokens]</summary>
    public required Span<float> Loss { get; init; }

    /// <summary>Derivative of the loss with respect to the ratio. [tokens]</summary>
    public required Span<float> RatioGradient { get; init; }

    /// <summary>Derivative of the loss with respect to the current log-probability where it does not pass through the ratio. [tokens]</summary>
    public required Span<float> CurrentGradient { get; init; }

    /// <summary>1 where the upper or lower clip of the trust region was active, 2 where the dual-clip floor was. [tokens]</summary>
    public required Span<byte> Clipped { get; init; }
}
