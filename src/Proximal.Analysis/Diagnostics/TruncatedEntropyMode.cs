namespace Proximal.Analysis.Diagnostics;

/// <summary>How entropy is estimated when only the highest log-probabilities are known.</summary>
public enum TruncatedEntropyMode
{
    /// <summary>The rest counts as one token: a lower bound of the entropy.</summary>
    TailBucket,

    /// <summary>The known probabilities are scaled to sum to one.</summary>
    Renormalized,

    /// <summary>The rest is left out.</summary>
    Omitted,
}
