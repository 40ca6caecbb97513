namespace Proximal.Control.Distributions;

/// <summary>
/// The categorical distribution p_j = exp(l_j) / sum_k exp(l_k) of logits l, with illegal elements left out. An empty mask allows all elements;
/// at least one must be legal.
/// </summary>
public static class Categorical
{
    /// <summary>log p_action and the entropy H = -sum_j p_j log p_j.</summary>
    /// <param name="logits">l.</param>
    /// <param name="mask">Which elements are legal, or empty.</param>
    /// <param name="action">An element; an illegal one has log-probability negative infinity.</param>
    /// <param name="entropy">H in nats.</param>
    public static double LogProb(ReadOnlySpan<float> logits, ReadOnlySpan<bool> mask, int action, out double entropy)
    {
        float largest = Largest(logits, mask);
        double sum = 0, weighted = 0;
        for (int j = 0; j < logits.Length; j++)
        {
            if (IsLegal(mask, j))
            {
                double difference = logits[j] - largest, share = difference == 0 ? 1 : Math.Exp(difference);
                sum += share;
                weighted += share * difference;
            }
        }

        double logSum = Math.Log(sum);
        entropy = logSum - (weighted / sum);
        return IsLegal(mask, action) ? logits[action] - largest - logSum : double.NegativeInfinity;
    }

    /// <summary>Writes the probabilities; those of illegal elements are 0.</summary>
    /// <param name="logits">l.</param>
    /// <param name="mask">Which elements are legal, or empty.</param>
    /// <param name="probabilities">Receives p.</param>
    public static void Probabilities(ReadOnlySpan<float> logits, ReadOnlySpan<bool> mask, Span<float> probabilities)
    {
        float largest = Largest(logits, mask);
        double sum = 0;
        for (int j = 0; j < logits.Length; j++)
        {
            double difference = logits[j] - largest;
            double share = !IsLegal(mask, j) ? 0 : difference == 0 ? 1 : Math.Exp(difference);
            probabilities[j] = (float)share;
            sum += share;
        }

        double scale = 1 / sum;
        for (int j = 0; j < probabilities.Length; j++)
        {
            probabilities[j] = (float)(probabilities[j] * scale);
        }
    }

    /// <summary>
    /// The gradient of a log p_action + b H with respect to the logits: a (1[j = action] - p_j) - b p_j (log p_j + H); 0 for illegal elements.
    /// </summary>
    /// <param name="logits">l.</param>
    /// <param name="mask">Which elements are legal, or empty.</param>
    /// <param name="action">A legal element.</param>
    /// <param name="logProbWeight">a.</param>
    /// <param name="entropyWeight">b.</param>
    /// <param name="gradient">Receives the gradient.</param>
    public static void Gradient(
        ReadOnlySpan<float> logits, ReadOnlySpan<bool> mask, int action, double logProbWeight, double entropyWeight, Span<float> gradient)
    {
        float largest = Largest(logits, mask);
        double sum = 0, weighted = 0;
        for (int j = 0; j < logits.Length; j++)
        {
            double difference = logits[j] - largest;
            double share = !IsLegal(mask, j) ? 0 : difference == 0 ? 1 : Math.Exp(difference);
            gradient[j] = (float)share;
            sum += share;
            weighted += share == 0 ? 0 : share * difference;
        }

        // log p_j + H = l_j - largest - weighted / sum: the logarithm of the sum cancels.
        double scale = 1 / sum, mean = weighted * scale;
        for (int j = 0; j < gradient.Length; j++)
        {
            double p = gradient[j] * scale, slope = (j == action ? logProbWeight : 0) - (logProbWeight * p);
            gradient[j] = (float)(p == 0 ? slope : slope - (entropyWeight * p * (logits[j] - largest - mean)));
        }
    }

    /// <summary>KL(p || q) = sum_j p_j (log p_j - log q_j) of two distributions with the same legal elements.</summary>
    /// <param name="logits">Logits of p.</param>
    /// <param name="otherLogits">Logits of q.</param>
    /// <param name="mask">Which elements are legal, or empty.</param>
    public static double KullbackLeibler(ReadOnlySpan<float> logits, ReadOnlySpan<float> otherLogits, ReadOnlySpan<bool> mask)
    {
        double log = LogSum(logits, mask), otherLog = LogSum(otherLogits, mask), divergence = 0;
        for (int j = 0; j < logits.Length; j++)
        {
            if (IsLegal(mask, j))
            {
                double logP = logits[j] - log;
                divergence += Math.Exp(logP) * (logP - (otherLogits[j] - otherLog));
            }
        }

        return divergence;
    }

    /// <summary>The Fisher information of the logits times a vector: F v = p (v - p·v), as F = diag(p) - p pᵀ.</summary>
    /// <param name="logits">l.</param>
    /// <param name="mask">Which elements are legal, or empty.</param>
    /// <param name="vector">v.</param>
    /// <param name="product">Receives F v.</param>
    public static void FisherProduct(ReadOnlySpan<float> logits, ReadOnlySpan<bool> mask, ReadOnlySpan<float> vector, Span<float> product)
    {
        double log = LogSum(logits, mask), mean = 0;
        for (int j = 0; j < logits.Length; j++)
        {
            mean += IsLegal(mask, j) ? Math.Exp(logits[j] - log) * vector[j] : 0;
        }

        for (int j = 0; j < logits.Length; j++)
        {
            product[j] = IsLegal(mask, j) ? (float)(Math.Exp(logits[j] - log) * (vector[j] - mean)) : 0;
        }
    }

    /// <summary>The element at which the cumulated probability passes a uniform number; never an illegal one.</summary>
    /// <param name="logits">l.</param>
    /// <param name="mask">Which elements are legal, or empty.</param>
    /// <param name="uniform">In [0, 1).</param>
    public static int Sample(ReadOnlySpan<float> logits, ReadOnlySpan<bool> mask, double uniform)
    {
        float largest = Largest(logits, mask);
        double sum = 0;
        for (int j = 0; j < logits.Length; j++)
        {
            sum += IsLegal(mask, j) ? Math.Exp(logits[j] - largest) : 0;
        }

        double rest = uniform * sum;
        int last = 0;
        for (int j = 0; j < logits.Length; j++)
        {
            double share = IsLegal(mask, j) ? Math.Exp(logits[j] - largest) : 0;
            if (share > 0)
            {
                last = j;
                rest -= share;
                if (rest < 0)
                {
                    return j;
                }
            }
        }

        return last;
    }

    /// <summary>The most likely element, the first of several.</summary>
    /// <param name="logits">l.</param>
    /// <param name="mask">Which elements are legal, or empty.</param>
    public static int Mode(ReadOnlySpan<float> logits, ReadOnlySpan<bool> mask)
    {
        int best = -1;
        for (int j = 0; j < logits.Length; j++)
        {
            if (IsLegal(mask, j) && (best < 0 || logits[j] > logits[best]))
            {
                best = j;
            }
        }

        return best >= 0 ? best : throw NoLegalElement();
    }

    private static bool IsLegal(ReadOnlySpan<bool> mask, int element) => mask.IsEmpty || mask[element];

    private static double LogSum(ReadOnlySpan<float> logits, ReadOnlySpan<bool> mask)
    {
        float largest = Largest(logits, mask);
        double sum = 0;
        for (int j = 0; j < logits.Length; j++)
        {
            sum += IsLegal(mask, j) ? Math.Exp(logits[j] - largest) : 0;
        }

        return largest + Math.Log(sum);
    }

    private static float Largest(ReadOnlySpan<float> logits, ReadOnlySpan<bool> mask)
    {
        float largest = float.NegativeInfinity;
        bool any = false;
        for (int j = 0; j < logits.Length; j++)
        {
            if (IsLegal(mask, j))
            {
                any = true;
                largest = logits[j] > largest ? logits[j] : largest;
            }
        }

        return any ? largest : throw NoLegalElement();
    }

    private static ArgumentException NoLegalElement() => new("A mask allows no element; at least one action must be legal.");
}
