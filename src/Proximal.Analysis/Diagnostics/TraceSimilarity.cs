namespace Proximal.Analysis.Diagnostics;

/// <summary>Similarity of the entropy traces of two answers, which is high for questions seen in training (Self-Critique).</summary>
public static class TraceSimilarity
{
    /// <summary>
    /// ⟨E1, E2⟩/(|E1||E2|) · min(L1, L2)/max(L1, L2), the shorter padded with zeros. In [0, 1] for entropies; 0 if a norm is 0.
    /// </summary>
    /// <param name="first">E1. [L1]</param>
    /// <param name="second">E2. [L2]</param>
    public static double LengthPenalizedCosine(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double product = 0, firstSquare = 0, secondSquare = 0;
        int common = Math.Min(first.Length, second.Length);
        for (int t = 0; t < common; t++)
        {
            product += first[t] * second[t];
        }

        foreach (double value in first)
        {
            firstSquare += value * value;
        }

        foreach (double value in second)
        {
            secondSquare += value * value;
        }

        double norms = Math.Sqrt(firstSquare) * Math.Sqrt(secondSquare);
        return norms == 0 ? 0 : product / norms * common / Math.Max(first.Length, second.Length);
    }
}
