namespace Proximal.Analysis.Diagnostics;

/// <summary>
/// Entropy of whole responses from n samples by the chain rule H(Y|x) = E_y Σ_t H(π(.|x, y_&lt;t)). Both estimators have the same mean; the
/// Rao-Blackwellized one has the lower variance. NaN without sequences.
/// </summary>
public static class SequenceEntropy
{
    /// <summary>-(1/n) Σ_i log π(y_i|x).</summary>
    /// <param name="logProbs">log π of the sampled tokens, sequences end to end. [tokens]</param>
    /// <param name="mask">Tokens that count. [tokens]</param>
    /// <param name="sequences">n.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sequences"/> is negative.</exception>
    public static double MonteCarlo(ReadOnlySpan<double> logProbs, ReadOnlySpan<bool> mask, int sequences)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequences);
        return -Columns.MaskedSum(logProbs, mask) / sequences;
    }

    /// <summary>(1/n) Σ_i Σ_t H_it.</summary>
    /// <param name="entropy">H, sequences end to end. [tokens]</param>
    /// <param name="mask">Tokens that count. [tokens]</param>
    /// <param name="sequences">n.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sequences"/> is negative.</exception>
    public static double RaoBlackwell(ReadOnlySpan<double> entropy, ReadOnlySpan<bool> mask, int sequences)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequences);
        return Columns.MaskedSum(entropy, mask) / sequences;
    }

    /// <summary>An estimate per token: the estimate divided by the mean number of counted tokens.</summary>
    /// <param name="estimate">What one of the estimators gave.</param>
    /// <param name="mask">Tokens that count. [tokens]</param>
    /// <param name="sequences">n.</param>
    public static double PerToken(double estimate, ReadOnlySpan<bool> mask, int sequences) => estimate * sequences / Columns.Count(mask);

    /// <summary>
    /// Minus the mean log-probability of the sampled tokens, which several codes log as entropy. It equals the token-mean entropy only in
    /// expectation, on-policy and at temperature 1.
    /// </summary>
    /// <param name="logProbs">log π of the sampled tokens. [tokens]</param>
    /// <param name="mask">Tokens that count. [tokens]</param>
    public static double LogProbProxy(ReadOnlySpan<double> logProbs, ReadOnlySpan<bool> mask) => -Columns.MaskedMean(logProbs, mask);
}
