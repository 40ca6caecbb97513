namespace Proximal.Objectives;

/// <summary>Where <see cref="PolicyObjective"/> writes the gradient of the total loss: columns that the trainer hands to the backward pass of the model.</summary>
public readonly ref struct ObjectiveGradients
{
    /// <summary>With respect to the current log-probability of each token. [tokens]</summary>
    public required Span<float> Current { get; init; }

    /// <summary>With respect to the entropy of each token's distribution. [tokens]</summary>
    public required Span<float> Entropy { get; init; }

    /// <summary>With respect to the full divergence from the reference at each token. [tokens]</summary>
    public required Span<float> FullDivergence { get; init; }

    /// <summary>Columns in new arrays, for evaluating an objective by itself.</summary>
    /// <param name="tokens">Number of tokens.</param>
    public static ObjectiveGradients Allocate(int tokens) => new()
    {
        Current = new float[tokens],
        Entropy = new float[tokens],
        FullDivergence = new float[tokens],
    };
}
