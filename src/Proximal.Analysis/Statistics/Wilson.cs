using Proximal.Tensors.Numerics;

namespace Proximal.Analysis.Statistics;

/// <summary>The score interval of one proportion (Wilson 1927), which stays inside [0, 1] and is honest at 0 and 1.</summary>
public static class Wilson
{
    /// <summary>Centre (p + z²/2n)/(1 + z²/n), half-width z √(p(1-p)/n + z²/4n²)/(1 + z²/n). Unknown without trials.</summary>
    /// <param name="successes">Successes, in [0, trials].</param>
    /// <param name="trials">n.</param>
    /// <param name="confidence">In (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static Estimate Interval(long successes, long trials, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        double z = SpecialFunctions.NormalQuantile(0.5 + (Bootstrap.RequireConfidence(confidence) / 2));
        if (trials == 0)
        {
            return Estimate.Unknown;
        }

        double n = trials, p = successes / n, scale = 1 + (z * z / n);
        double centre = (p + (z * z / (2 * n))) / scale;
        double half = z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n))) / scale;
        return new Estimate(p, successes == 0 ? 0 : centre - half, successes == trials ? 1 : centre + half);
    }
}
