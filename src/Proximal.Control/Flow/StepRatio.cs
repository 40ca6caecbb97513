namespace Proximal.Control.Flow;

/// <summary>
/// The ratio r of a step <c>x' ~ N(mu, c² I)</c> under two policies. With the noise <c>e = x' - mu_old</c> that was drawn and the shift <c>d = mu - mu_old</c> of
/// the mean, <c>log r = e·d/c² - |d|²/(2c²)</c>, which has mean -|d|²/(2c²) over e: in many dimensions hardly any ratio comes above 1, and the clip of positive
/// advantages never acts. RatioNorm (GRPO-Guard) takes <c>c log r + |d|²/(2c) = e·d/c</c> in its place, with mean 0 and standard deviation |d| at every noise
/// level. Its |d|² is not detached, so that the derivative is that of e·d/c.
/// </summary>
public static class StepRatio
{
    /// <summary>The logarithm of the ratio of one step.</summary>
    /// <param name="kind">Which ratio.</param>
    /// <param name="noise">e. [dimensions]</param>
    /// <param name="shift">d. [dimensions]</param>
    /// <param name="deviation">c.</param>
    /// <param name="average">Whether the logarithm is divided by the number of dimensions, as images need it.</param>
    public static double Log(FlowRatio kind, ReadOnlySpan<float> noise, ReadOnlySpan<float> shift, double deviation, bool average = false)
    {
        double product = 0, square = 0;
        for (int i = 0; i < noise.Length; i++)
        {
            product += (double)noise[i] * shift[i];
            square += (double)shift[i] * shift[i];
        }

        double log = kind == FlowRatio.Normalized ? product / deviation : (product - (square / 2)) / (deviation * deviation);
        return average ? log / noise.Length : log;
    }

    /// <summary>Adds the derivative of the logarithm with respect to mu, times a factor: e/c for the normalized ratio, (e - d)/c² for the plain one.</summary>
    /// <param name="kind">Which ratio.</param>
    /// <param name="noise">e. [dimensions]</param>
    /// <param name="shift">d. [dimensions]</param>
    /// <param name="deviation">c.</param>
    /// <param name="average">Whether the logarithm is divided by the number of dimensions.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="gradient">Receives the sum. [dimensions]</param>
    public static void AddGradient(
        FlowRatio kind, ReadOnlySpan<float> noise, ReadOnlySpan<float> shift, double deviation, bool average, double factor, Span<float> gradient)
    {
        double scale = average ? factor / noise.Length : factor;
        for (int i = 0; i < noise.Length; i++)
        {
            gradient[i] += (float)(scale * (kind == FlowRatio.Normalized ? noise[i] / deviation : ((double)noise[i] - shift[i]) / (deviation * deviation)));
        }
    }

    /// <summary>The clipped loss <c>max(-A r, -A clip(r, 1-e, 1+e)) / D</c> of a step.</summary>
    /// <param name="logRatio">log r.</param>
    /// <param name="advantage">A.</param>
    /// <param name="clip">e.</param>
    /// <param name="size">D, the size of the step, with which GRPO-Guard weighs all noise levels alike; 1 for no weighing.</param>
    /// <returns>The loss, its derivative with respect to log r, and whether the clip took the gradient.</returns>
    public static (double Loss, double Gradient, bool Clipped) Loss(double logRatio, double advantage, double clip, double size = 1)
    {
        double ratio = Math.Exp(Math.Clamp(logRatio, -20, 20)), free = -advantage * ratio, held = -advantage * Math.Clamp(ratio, 1 - clip, 1 + clip);
        return held > free ? (held / size, 0, true) : (free / size, free / size, false);
    }
}
