namespace Proximal.Control.Policies;

/// <summary>Choices from logits.</summary>
internal static class CategoricalChoice
{
    /// <summary>The first of the largest legal logits.</summary>
    public static int Largest(ReadOnlySpan<float> logits, ReadOnlySpan<bool> mask)
    {
        int best = -1;
        for (int i = 0; i < logits.Length; i++)
        {
            if ((mask.IsEmpty || mask[i]) && (best < 0 || logits[i] > logits[best]))
            {
                best = i;
            }
        }

        return best;
    }

    /// <summary>A choice with the probabilities softmax(logits) over the legal ones.</summary>
    /// <param name="logits">[choices].</param>
    /// <param name="mask">[choices], or empty.</param>
    /// <param name="uniform">A uniform number in [0, 1).</param>
    public static int Sample(ReadOnlySpan<float> logits, ReadOnlySpan<bool> mask, double uniform)
    {
        int last = Largest(logits, mask);
        double largest = logits[last], sum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            sum += mask.IsEmpty || mask[i] ? Math.Exp(logits[i] - largest) : 0;
        }

        double rest = uniform * sum;
        for (int i = 0; i < logits.Length; i++)
        {
            if (mask.IsEmpty || mask[i])
            {
                rest -= Math.Exp(logits[i] - largest);
                if (rest < 0)
                {
                    return i;
                }
            }
        }

        return last;
    }
}
