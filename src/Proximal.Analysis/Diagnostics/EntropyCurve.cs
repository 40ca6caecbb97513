using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Diagnostics;

/// <summary>What the series of batch entropies of a run says. Steps without a measurement are NaN and are passed over.</summary>
public static class EntropyCurve
{
    /// <summary>The first step with H &lt; f H_0, or null if there is none. H_0 is the first entry.</summary>
    /// <param name="entropy">H of each step. [steps]</param>
    /// <param name="fraction">f.</param>
    public static int? CollapseStep(ReadOnlySpan<double> entropy, double fraction = 0.1)
    {
        for (int step = 0; step < entropy.Length; step++)
        {
            if (entropy[step] < fraction * entropy[0])
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>The first step with H &gt; factor · H_0, or null if there is none: an explosion.</summary>
    /// <param name="entropy">H of each step. [steps]</param>
    /// <param name="factor">How many times the start.</param>
    public static int? ExplosionStep(ReadOnlySpan<double> entropy, double factor = 2)
    {
        for (int step = 0; step < entropy.Length; step++)
        {
            if (entropy[step] > factor * entropy[0])
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>Root mean square of H - target. NaN without measurements.</summary>
    /// <param name="entropy">H of each step. [steps]</param>
    /// <param name="target">The entropy that a controller should keep.</param>
    public static double TrackingError(ReadOnlySpan<double> entropy, double target)
    {
        double sum = 0;
        int count = 0;
        foreach (double value in entropy)
        {
            if (!double.IsNaN(value))
            {
                sum += (value - target) * (value - target);
                count++;
            }
        }

        return Math.Sqrt(sum / count);
    }

    /// <summary>Population variance of the last <paramref name="width"/> steps at each step; NaN before that many exist or where one is missing.</summary>
    /// <param name="entropy">H of each step. [steps]</param>
    /// <param name="width">Steps in the window, at least 1.</param>
    /// <param name="variance">Receives the variance. [steps]</param>
    public static void SlidingVariance(ReadOnlySpan<double> entropy, int width, Span<double> variance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Columns.RequireLength(variance.Length, entropy.Length, nameof(variance));
        for (int step = 0; step < entropy.Length; step++)
        {
            double deviation = step + 1 < width ? double.NaN : Moments.PopulationStandardDeviation(entropy.Slice(step + 1 - width, width));
            variance[step] = deviation * deviation;
        }
    }
}
