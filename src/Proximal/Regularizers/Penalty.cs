namespace Proximal.Regularizers;

/// <summary>The penalty of each token and its derivatives, in reused columns that regularizers add to.</summary>
public readonly ref struct Penalty
{
    /// <summary>Penalty of each token, coefficient included. [tokens]</summary>
    public required Span<float> Loss { get; init; }

    /// <summary>Derivative with respect to the current log-probability. [tokens]</summary>
    public required Span<float> CurrentGradient { get; init; }

    /// <summary>Derivative with respect to the entropy. [tokens]</summary>
    public required Span<float> EntropyGradient { get; init; }

    /// <summary>Derivative with respect to the full divergence from the reference. [tokens]</summary>
    public required Span<float> DivergenceGradient { get; init; }
}
