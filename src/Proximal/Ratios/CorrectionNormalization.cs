namespace Proximal.Ratios;

/// <summary>Over what correction weights are scaled to mean 1.</summary>
public enum CorrectionNormalization
{
    /// <summary>They are not.</summary>
    None,

    /// <summary>Over the valid tokens of the minibatch.</summary>
    Token,

    /// <summary>Over its sequences, each counting with the mean of its tokens.</summary>
    Sequence,
}
