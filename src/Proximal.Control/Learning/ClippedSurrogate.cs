namespace Proximal.Control.Learning;

/// <summary>
/// The clipped surrogate of PPO (Schulman et al. 2017): with rho = exp(log pi - log pi_old), L = -mean min(rho A, clip(rho, 1 - e, 1 + e) A), and
/// the clipped loss of values, c mean max((V - R)², (V_old + clip(V - V_old, -e, e) - R)²) / 2.
/// </summary>
public static class ClippedSurrogate
{
    /// <summary>L, and its derivatives with respect to the log-probabilities.</summary>
    /// <param name="logProbs">log pi.</param>
    /// <param name="oldLogProbs">log pi_old.</param>
    /// <param name="advantages">A.</param>
    /// <param name="clip">e; infinity does not clip.</param>
    /// <param name="gradient">Receives the derivatives: -rho A / n, and 0 where the clipped term is the smaller one.</param>
    public static double Policy(
        ReadOnlySpan<float> logProbs, ReadOnlySpan<float> oldLogProbs, ReadOnlySpan<float> advantages, double clip, Span<float> gradient)
    {
        double loss = 0, share = 1.0 / logProbs.Length;
        for (int i = 0; i < logProbs.Length; i++)
        {
            double ratio = Math.Exp((double)logProbs[i] - oldLogProbs[i]);
            double free = ratio * advantages[i], clipped = Math.Clamp(ratio, 1 - clip, 1 + clip) * advantages[i];
            loss -= Math.Min(free, clipped) * share;
            gradient[i] = free <= clipped ? (float)(-free * share) : 0;
        }

        return loss;
    }

    /// <summary>The loss of values, and its derivatives with respect to the values.</summary>
    /// <param name="values">V.</param>
    /// <param name="oldValues">V_old.</param>
    /// <param name="returns">R.</param>
    /// <param name="clip">e; infinity does not clip.</param>
    /// <param name="coefficient">c.</param>
    /// <param name="gradient">Receives the derivatives.</param>
    public static double Value(
        ReadOnlySpan<float> values, ReadOnlySpan<float> oldValues, ReadOnlySpan<float> returns, double clip, double coefficient, Span<float> gradient)
    {
        double loss = 0, share = coefficient / values.Length;
        for (int i = 0; i < values.Length; i++)
        {
            double free = (double)values[i] - returns[i], moved = (double)values[i] - oldValues[i];
            double clipped = oldValues[i] + Math.Clamp(moved, -clip, clip) - returns[i];
            bool takesFree = free * free >= clipped * clipped;
            loss += 0.5 * share * (takesFree ? free * free : clipped * clipped);
            gradient[i] = takesFree ? (float)(free * share) : Math.Abs(moved) <= clip ? (float)(clipped * share) : 0;
        }

        return loss;
    }
}
