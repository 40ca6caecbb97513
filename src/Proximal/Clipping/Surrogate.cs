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

    /// <summary>Bits of <see cref="ClipMark"/>, some of which the ratio may have set. [tokens]</summary>
    public required Span<byte> Clipped { get; init; }

    /// <summary>Columns of zeros in new arrays, for calling a surrogate by itself.</summary>
    /// <param name="tokens">Number of tokens.</param>
    public static Surrogate Allocate(int tokens) => new()
    {
        Loss = new float[tokens],
        RatioGradient = new float[tokens],
        CurrentGradient = new float[tokens],
        Clipped = new byte[tokens],
    };
}
