namespace Proximal.Analysis.Evaluation;

/// <summary>The chance that at least one of k samples is correct, unbiased from n ≥ k samples (Chen et al. 2021, "Codex").</summary>
public static class PassAtK
{
    /// <summary>1 - C(n-c, k)/C(n, k) = 1 - Π_{i=n-c+1..n} (1 - k/i); 1 if n - c &lt; k.</summary>
    /// <param name="samples">n.</param>
    /// <param name="correct">c in [0, n].</param>
    /// <param name="k">k in [1, n].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Compute(int samples, int correct, int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, samples);
        ArgumentOutOfRangeException.ThrowIfNegative(correct);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(correct, samples);
        if (samples - correct < k)
        {
            return 1;
        }

        double miss = 1;
        for (int i = samples - correct + 1; i <= samples; i++)
        {
            miss *= 1 - ((double)k / i);
        }

        return 1 - miss;
    }
}
