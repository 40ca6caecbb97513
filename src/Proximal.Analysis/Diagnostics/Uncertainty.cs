namespace Proximal.Analysis.Diagnostics;

/// <summary>
/// Scalars of one distribution beside entropy. The first two take Σ p² (<see cref="TokenStatistics.CollisionProbability"/>), the others
/// the highest log-probabilities in falling order (<see cref="TokenStatistics.Top"/>).
/// </summary>
public static class Uncertainty
{
    /// <summary>Rényi-2 entropy -log Σ p².</summary>
    public static double Renyi2(double collisionProbability) => -Math.Log(collisionProbability);

    /// <summary>Tsallis-2 entropy 1 - Σ p². Equals E_{a~p} |∇_z log p_a|², so the norm of the score grows with entropy.</summary>
    public static double Tsallis2(double collisionProbability) => 1 - collisionProbability;

    /// <summary>Σ p (log p + H)², the variance of the surprise.</summary>
    /// <param name="probabilities">p. [outcomes]</param>
    public static double Varentropy(ReadOnlySpan<double> probabilities)
    {
        double entropy = Entropy.OfProbabilities(probabilities);
        double sum = 0;
        foreach (double p in probabilities)
        {
            double deviation = p == 0 ? 0 : Math.Log(p) + entropy;
            sum += p * deviation * deviation;
        }

        return sum;
    }

    /// <summary>Largest probability.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static double MaximumProbability(ReadOnlySpan<double> topLogProbs) => Math.Exp(First(topLogProbs, 1)[0]);

    /// <summary>p(1) - p(2).</summary>
    /// <exception cref="ArgumentException">Fewer than two.</exception>
    public static double Margin(ReadOnlySpan<double> topLogProbs)
    {
        ReadOnlySpan<double> two = First(topLogProbs, 2);
        return Math.Exp(two[0]) - Math.Exp(two[1]);
    }

    /// <summary>log p(1) - log p(2).</summary>
    /// <exception cref="ArgumentException">Fewer than two.</exception>
    public static double LogMargin(ReadOnlySpan<double> topLogProbs)
    {
        ReadOnlySpan<double> two = First(topLogProbs, 2);
        return two[0] - two[1];
    }

    /// <summary>DeepConf confidence -(1/k) Σ log p over the k highest: high means peaked.</summary>
    /// <exception cref="ArgumentException">Fewer than k.</exception>
    public static double LogConfidence(ReadOnlySpan<double> topLogProbs, int k)
    {
        double sum = 0;
        foreach (double logProb in First(topLogProbs, k))
        {
            sum += logProb;
        }

        return -sum / k;
    }

    /// <summary>Mean mass (1/k) Σ p over the k highest; at most 1/k.</summary>
    /// <exception cref="ArgumentException">Fewer than k.</exception>
    public static double MassConfidence(ReadOnlySpan<double> topLogProbs, int k)
    {
        double sum = 0;
        foreach (double logProb in First(topLogProbs, k))
        {
            sum += Math.Exp(logProb);
        }

        return sum / k;
    }

    private static ReadOnlySpan<double> First(ReadOnlySpan<double> topLogProbs, int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        return k <= topLogProbs.Length
            ? topLogProbs[..k]
            : throw new ArgumentException($"{k} highest log-probabilities are needed and {topLogProbs.Length} are kept.", nameof(topLogProbs));
    }
}
