namespace Proximal.Control.Values;

/// <summary>Values of policies whose entropy counts with a temperature alpha (Haarnoja et al. 2018; Christodoulou 2019 for discrete actions).</summary>
public static class SoftValues
{
    /// <summary>V = sum_a pi(a) (Q(a) - alpha log pi(a)) of one state; for pi = softmax(Q / alpha) it is alpha log sum_a exp(Q(a) / alpha).</summary>
    /// <param name="probabilities">pi [actions].</param>
    /// <param name="logProbs">log pi [actions]; not read where the probability is 0.</param>
    /// <param name="values">Q [actions].</param>
    /// <param name="temperature">alpha.</param>
    public static float Expected(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> logProbs, ReadOnlySpan<float> values, double temperature)
    {
        double sum = 0;
        for (int action = 0; action < values.Length; action++)
        {
            sum += probabilities[action] == 0 ? 0 : probabilities[action] * (values[action] - (temperature * logProbs[action]));
        }

        return (float)sum;
    }

    /// <summary>
    /// The gradient of sum_a pi(a) (alpha log pi(a) - Q(a)) with respect to the logits of pi: pi(a) (g(a) - sum_b pi(b) g(b)) with
    /// g = alpha log pi - Q.
    /// </summary>
    /// <param name="probabilities">pi [actions].</param>
    /// <param name="logProbs">log pi [actions]; not read where the probability is 0.</param>
    /// <param name="values">Q [actions].</param>
    /// <param name="temperature">alpha.</param>
    /// <param name="scale">Factor of the gradient.</param>
    /// <param name="gradient">Receives the gradient [actions].</param>
    /// <returns>The loss, sum_a pi(a) g(a).</returns>
    public static float PolicyGradient(
        ReadOnlySpan<float> probabilities, ReadOnlySpan<float> logProbs, ReadOnlySpan<float> values, double temperature, float scale, Span<float> gradient)
    {
        float mean = -Expected(probabilities, logProbs, values, temperature);
        for (int action = 0; action < values.Length; action++)
        {
            float slope = probabilities[action] == 0 ? 0 : (float)((temperature * logProbs[action]) - values[action]) - mean;
            gradient[action] = scale * probabilities[action] * slope;
        }

        return mean;
    }
}
