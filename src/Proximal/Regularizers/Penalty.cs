namespace Proximal.Regularizers;

/// <summary>The penalty of each token and its derivatives, in reused columns that regularizers add to.</summary>
public readonly ref struct Penalty
{
    /// <summary>
    /// The weight that aggregation puts on each token: a penalty with a normalization of its own divides by it, see <see cref="Scale"/>. Empty outside
    /// of an objective, where nothing is aggregated. [tokens]
    /// </summary>
    public ReadOnlySpan<float> Weight { get; init; }

    /// <summary>Penalty of each token, coefficient included. [tokens]</summary>
    public required Span<float> Loss { get; init; }

    /// <summary>Derivative with respect to the current log-probability. [tokens]</summary>
    public required Span<float> CurrentGradient { get; init; }

    /// <summary>Derivative with respect to the entropy. [tokens]</summary>
    public required Span<float> EntropyGradient { get; init; }

    /// <summary>Derivative with respect to the full divergence from the reference. [tokens]</summary>
    public required Span<float> DivergenceGradient { get; init; }

    /// <summary>The factor that makes the total of a penalty <c>Σ_t x_t / count</c>, whatever the aggregation: <c>1 / (count · a_t)</c>.</summary>
    /// <param name="token">Which token; its mask is 1.</param>
    /// <param name="count">What the sum over the minibatch is divided by.</param>
    internal float Scale(int token, double count) => (float)(1 / (count * (Weight.IsEmpty ? 1 : Weight[token])));
}
