namespace Proximal.Aggregation;

/// <summary>How per-token losses become one number; m is the mask, L_i the valid tokens of sequence i, n the sequences that have any.</summary>
public enum AggregationMode
{
    /// <summary><c>Σ m ℓ / Σ m</c>.</summary>
    TokenMean,

    /// <summary><c>1/n Σ_i Σ_t m ℓ</c>.</summary>
    SequenceMeanTokenSum,

    /// <summary><c>1/n Σ_i 1/L_i Σ_t m ℓ</c>.</summary>
    SequenceMeanTokenMean,

    /// <summary><c>Σ_i Σ_t m ℓ / S</c> with a constant S.</summary>
    TokenSumOverScale,

    /// <summary><c>1/(n S) Σ_i Σ_t m ℓ</c> with a constant S.</summary>
    SequenceMeanTokenSumOverScale,
}
