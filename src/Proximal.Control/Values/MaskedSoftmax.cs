namespace Proximal.Control.Values;

/// <summary>The softmax of logits among legal actions.</summary>
public static class MaskedSoftmax
{
    /// <summary>Writes pi and log pi of one state; illegal actions have probability 0 and log-probability 0, which nothing reads.</summary>
    /// <param name="logits">[actions].</param>
    /// <param name="mask">Which actions are legal [actions], or empty for all.</param>
    /// <param name="probabilities">Receives pi [actions].</param>
    /// <param name="logProbs">Receives log pi [actions], or empty.</param>
    public static void Compute(ReadOnlySpan<float> logits, ReadOnlySpan<bool> mask, Span<float> probabilities, Span<float> logProbs)
    {
        float largest = float.NegativeInfinity, sum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            largest = mask.IsEmpty || mask[i] ? Math.Max(largest, logits[i]) : largest;
        }

        for (int i = 0; i < logits.Length; i++)
        {
            probabilities[i] = mask.IsEmpty || mask[i] ? MathF.Exp(logits[i] - largest) : 0;
            sum += probabilities[i];
        }

        float scale = 1 / sum, logSum = largest + MathF.Log(sum);
        for (int i = 0; i < logits.Length; i++)
        {
            probabilities[i] *= scale;
            if (!logProbs.IsEmpty)
            {
                logProbs[i] = mask.IsEmpty || mask[i] ? logits[i] - logSum : 0;
            }
        }
    }
}
