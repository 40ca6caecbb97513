using Proximal.Rollouts;

namespace Proximal.Clipping;

/// <summary>The statistic of the entropy mechanism: <c>Cov_t = (log π_θ - mean log π_θ)(A - mean A)</c>, means over the valid tokens.</summary>
public static class TokenCovariance
{
    /// <summary>The covariance contribution of each token, 0 where the mask is 0.</summary>
    /// <param name="current">log π_θ. [tokens]</param>
    /// <param name="advantage">A. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="covariance">Receives the contributions. [tokens]</param>
    public static void Compute(ReadOnlySpan<float> current, ReadOnlySpan<float> advantage, ReadOnlySpan<float> mask, Span<float> covariance)
    {
        double meanCurrent = 0, meanAdvantage = 0;
        int count = Math.Max(1, Columns.Count(mask));
        for (int t = 0; t < current.Length; t++)
        {
            meanCurrent += mask[t] == 0 ? 0 : current[t];
            meanAdvantage += mask[t] == 0 ? 0 : advantage[t];
        }

        meanCurrent /= count;
        meanAdvantage /= count;
        for (int t = 0; t < current.Length; t++)
        {
            covariance[t] = mask[t] == 0 ? 0 : (float)((current[t] - meanCurrent) * (advantage[t] - meanAdvantage));
        }
    }

    /// <summary>How many tokens a share selects: <c>max(1, ⌊share · N⌋)</c>.</summary>
    internal static int Selected(double share, int tokens) => Math.Max(1, (int)(share * tokens));
}
