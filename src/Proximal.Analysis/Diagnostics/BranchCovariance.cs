using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Diagnostics;

/// <summary>
/// Exploration against exploitation on the branches of a rollout tree (IB-TPO): η1 = p̂(correct|child)/p̂(correct|parent) - (1 + 1/β), the use of a
/// step, and η2 = π(child|parent), its probability. When their covariance is near zero, probability no longer follows usefulness.
/// </summary>
public static class BranchCovariance
{
    /// <summary>η1 of one child. NaN when the parent has no success, which has no ratio.</summary>
    /// <param name="childSuccess">p̂(correct|child).</param>
    /// <param name="parentSuccess">p̂(correct|parent).</param>
    /// <param name="beta">β &gt; 0; +∞ leaves ratio - 1.</param>
    public static double RelativeSuccess(double childSuccess, double parentSuccess, double beta = 5) =>
        parentSuccess > 0 ? (childSuccess / parentSuccess) - (1 + (1 / beta)) : double.NaN;

    /// <summary>Population covariance of η1 and η2 over sampled pairs; pairs with a NaN are left out, NaN without pairs.</summary>
    /// <param name="relativeSuccess">η1. [children]</param>
    /// <param name="probability">η2. [children]</param>
    public static double Compute(ReadOnlySpan<double> relativeSuccess, ReadOnlySpan<double> probability)
    {
        Columns.RequireLength(probability.Length, relativeSuccess.Length, nameof(probability));
        bool[] known = new bool[relativeSuccess.Length];
        for (int i = 0; i < known.Length; i++)
        {
            known[i] = !double.IsNaN(relativeSuccess[i]) && !double.IsNaN(probability[i]);
        }

        double[] first = Columns.Gather(relativeSuccess, known), second = Columns.Gather(probability, known);
        return Moments.PopulationCovariance(first, second);
    }

    /// <summary>The score of a parent, J = (1 + β)/B Σ_b η1_b η2_b over its B children.</summary>
    /// <param name="relativeSuccess">η1. [children]</param>
    /// <param name="probability">η2. [children]</param>
    /// <param name="beta">β &gt; 0.</param>
    public static double Score(ReadOnlySpan<double> relativeSuccess, ReadOnlySpan<double> probability, double beta = 5)
    {
        Columns.RequireLength(probability.Length, relativeSuccess.Length, nameof(probability));
        double sum = 0;
        for (int b = 0; b < relativeSuccess.Length; b++)
        {
            sum += relativeSuccess[b] * probability[b];
        }

        return (1 + beta) * sum / relativeSuccess.Length;
    }
}
