using Proximal.Tensors.Random;

namespace Proximal.Control.Distributions;

/// <summary>Independent normal distributions with means m_i and logarithms of standard deviations s_i.</summary>
public static class DiagonalGaussian
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>log p(a) = sum_i [-(a_i - m_i)² exp(-2 s_i) / 2 - s_i - log(2 pi) / 2].</summary>
    public static double LogProb(ReadOnlySpan<float> mean, ReadOnlySpan<float> logStandardDeviation, ReadOnlySpan<float> action)
    {
        double sum = 0;
        for (int i = 0; i < mean.Length; i++)
        {
            double standard = (action[i] - mean[i]) * Math.Exp(-logStandardDeviation[i]);
            sum += (-0.5 * standard * standard) - logStandardDeviation[i] - HalfLogTwoPi;
        }

        return sum;
    }

    /// <summary>H = sum_i [s_i + (1 + log(2 pi)) / 2], in nats.</summary>
    public static double Entropy(ReadOnlySpan<float> logStandardDeviation)
    {
        double sum = 0;
        foreach (float s in logStandardDeviation)
        {
            sum += s + 0.5 + HalfLogTwoPi;
        }

        return sum;
    }

    /// <summary>
    /// The gradient of a log p(action) + b H: with z_i = (a_i - m_i) exp(-s_i), a z_i exp(-s_i) for the means and a (z_i² - 1) + b for s.
    /// </summary>
    /// <param name="mean">m.</param>
    /// <param name="logStandardDeviation">s.</param>
    /// <param name="action">The action.</param>
    /// <param name="logProbWeight">a.</param>
    /// <param name="entropyWeight">b.</param>
    /// <param name="meanGradient">Receives the gradient of the means.</param>
    /// <param name="logStandardDeviationGradient">Receives the gradient of s.</param>
    public static void Gradient(
        ReadOnlySpan<float> mean,
        ReadOnlySpan<float> logStandardDeviation,
        ReadOnlySpan<float> action,
        double logProbWeight,
        double entropyWeight,
        Span<float> meanGradient,
        Span<float> logStandardDeviationGradient)
    {
        for (int i = 0; i < mean.Length; i++)
        {
            double inverse = Math.Exp(-logStandardDeviation[i]), standard = (action[i] - mean[i]) * inverse;
            meanGradient[i] = (float)(logProbWeight * standard * inverse);
            logStandardDeviationGradient[i] = (float)((logProbWeight * ((standard * standard) - 1)) + entropyWeight);
        }
    }

    /// <summary>KL(p || q) = sum_i [s'_i - s_i + (exp(2 s_i) + (m_i - m'_i)²) exp(-2 s'_i) / 2 - 1/2], where q has the primes.</summary>
    public static double KullbackLeibler(
        ReadOnlySpan<float> mean, ReadOnlySpan<float> logStandardDeviation, ReadOnlySpan<float> otherMean, ReadOnlySpan<float> otherLogStandardDeviation)
    {
        double sum = 0;
        for (int i = 0; i < mean.Length; i++)
        {
            double distance = (double)mean[i] - otherMean[i], variance = Math.Exp(2.0 * logStandardDeviation[i]);
            sum += otherLogStandardDeviation[i] - (double)logStandardDeviation[i]
                + (0.5 * (variance + (distance * distance)) * Math.Exp(-2.0 * otherLogStandardDeviation[i])) - 0.5;
        }

        return sum;
    }

    /// <summary>The Fisher information times a vector: exp(-2 s_i) v_i for the means and 2 v_i for s.</summary>
    public static void FisherProduct(
        ReadOnlySpan<float> logStandardDeviation,
        ReadOnlySpan<float> meanVector,
        ReadOnlySpan<float> logStandardDeviationVector,
        Span<float> meanProduct,
        Span<float> logStandardDeviationProduct)
    {
        for (int i = 0; i < logStandardDeviation.Length; i++)
        {
            meanProduct[i] = (float)(Math.Exp(-2.0 * logStandardDeviation[i]) * meanVector[i]);
            logStandardDeviationProduct[i] = 2 * logStandardDeviationVector[i];
        }
    }

    /// <summary>Draws an action.</summary>
    public static void Sample(ReadOnlySpan<float> mean, ReadOnlySpan<float> logStandardDeviation, in RandomStream stream, Span<float> action)
    {
        for (int i = 0; i < mean.Length; i++)
        {
            action[i] = (float)(mean[i] + (Math.Exp(logStandardDeviation[i]) * stream.Normal(i)));
        }
    }
}
