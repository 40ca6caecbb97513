using Proximal.Analysis.Evaluation;

namespace Proximal.Analysis.Diagnostics;

/// <summary>What a policy can produce at all, and how two policies differ in it.</summary>
public static class Support
{
    /// <summary>Indices of the empirical ε-support {y : π(y|x) ≥ ε}.</summary>
    /// <param name="probabilities">π(y|x). [outcomes]</param>
    /// <param name="epsilon">ε.</param>
    public static int[] Empirical(ReadOnlySpan<double> probabilities, double epsilon)
    {
        List<int> support = [];
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (probabilities[i] >= epsilon)
            {
                support.Add(i);
            }
        }

        return support.ToArray();
    }

    /// <summary>Expected share of the set of correct answers that k of n samples find: the mean over answers of pass@k. NaN for an empty set.</summary>
    /// <param name="counts">How often each correct answer occurs among the n samples. [correct answers]</param>
    /// <param name="samples">n.</param>
    /// <param name="k">k ≤ n.</param>
    public static double Coverage(ReadOnlySpan<int> counts, int samples, int k)
    {
        double sum = 0;
        foreach (int count in counts)
        {
            sum += PassAtK.Compute(samples, count, k);
        }

        return sum / counts.Length;
    }

    /// <summary>Problems that one policy solves at k and another does not: those lost on the way from the first to the second, and those won.</summary>
    /// <param name="before">Whether the first policy found a correct answer. [problems]</param>
    /// <param name="after">Whether the second did. [problems]</param>
    public static (int[] Shrunk, int[] Expanded) Compare(ReadOnlySpan<bool> before, ReadOnlySpan<bool> after)
    {
        Columns.RequireLength(after.Length, before.Length, nameof(after));
        List<int> shrunk = [], expanded = [];
        for (int i = 0; i < before.Length; i++)
        {
            if (before[i] != after[i])
            {
                (before[i] ? shrunk : expanded).Add(i);
            }
        }

        return (shrunk.ToArray(), expanded.ToArray());
    }
}
