namespace Proximal.Analysis.Diagnostics;

/// <summary>Entropy of one distribution, in nats unless the name says otherwise.</summary>
public static class Entropy
{
    /// <summary>H = logsumexp(z) - Σ p z of softmax(z); in [0, log V]. NaN if the logits are no distribution or there are none.</summary>
    /// <param name="logits">z. [vocabulary]</param>
    public static double OfLogits(ReadOnlySpan<float> logits)
    {
        var moments = LogitMoments.Compute(logits);
        return moments.IsDistribution ? moments.Entropy : double.NaN;
    }

    /// <summary>H = -Σ p log p; zero probabilities add nothing. NaN if any is negative or NaN.</summary>
    /// <param name="probabilities">p. [outcomes]</param>
    public static double OfProbabilities(ReadOnlySpan<double> probabilities)
    {
        double sum = 0;
        foreach (double p in probabilities)
        {
            sum -= p == 0 ? 0 : p * Math.Log(p);
        }

        return sum;
    }

    /// <summary>Estimates H from the m highest log-probabilities of a token, with r = max(0, 1 - Σ p) the mass of the rest.</summary>
    /// <param name="topLogProbs">Log-probabilities, any order. [m]</param>
    /// <param name="mode">What happens to the rest.</param>
    public static double OfTop(ReadOnlySpan<double> topLogProbs, TruncatedEntropyMode mode = TruncatedEntropyMode.TailBucket)
    {
        double mass = 0, entropy = 0;
        foreach (double logProb in topLogProbs)
        {
            double p = Math.Exp(logProb);
            mass += p;
            entropy -= p == 0 ? 0 : p * logProb;
        }

        double rest = Math.Max(0, 1 - mass);
        return mode switch
        {
            TruncatedEntropyMode.TailBucket => entropy - (rest == 0 ? 0 : rest * Math.Log(rest)),
            TruncatedEntropyMode.Renormalized => (entropy / mass) + Math.Log(mass),
            TruncatedEntropyMode.Omitted => entropy,
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Unknown mode."),
        };
    }

    /// <summary>H / log V, in [0, 1]; zero for a vocabulary of one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The vocabulary is not positive.</exception>
    public static double Normalized(double entropy, int vocabulary)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(vocabulary);
        return vocabulary == 1 ? 0 : entropy / Math.Log(vocabulary);
    }

    /// <summary>H / ln 2.</summary>
    public static double Bits(double entropy) => entropy / Math.Log(2);

    /// <summary>e^H, the effective number of tokens.</summary>
    public static double Perplexity(double entropy) => Math.Exp(entropy);
}
