namespace Proximal.Ratios;

/// <summary>
/// What ratios with a detached prefix share, <c>r_t = exp(sg(κ_t) + log π_θ - sg(log π_θ))</c> with <c>κ_t ≤ 10</c>: the value κ_t, and a gradient through the
/// current token alone.
/// </summary>
internal static class DetachedPrefix
{
    /// <summary>Where κ is cut, and with it the gradient.</summary>
    public const double LogLimit = 10;

    private static readonly float Largest = (float)Math.Exp(LogLimit);

    /// <summary>exp(κ), cut.</summary>
    public static float Ratio(double logRatio) => logRatio >= LogLimit ? Largest : (float)Math.Exp(logRatio);

    /// <summary>Adds <c>∂L/∂r_t · r_t</c> to the gradient of each token whose ratio was not cut.</summary>
    public static void Backward(ReadOnlySpan<float> mask, ReadOnlySpan<float> ratio, ReadOnlySpan<float> ratioGradient, Span<float> currentGradient)
    {
        for (int t = 0; t < ratio.Length; t++)
        {
            currentGradient[t] += mask[t] == 0 || ratio[t] >= Largest ? 0 : ratioGradient[t] * ratio[t];
        }
    }
}
