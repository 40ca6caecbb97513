namespace Proximal.Control.Algorithms.Offline;

/// <summary>The formulas of learning from data, on plain arrays.</summary>
public static class OfflineFormulas
{
    /// <summary>The expectile loss mean |tau - 1[u &lt; 0]| u^2 of u = q - v, and its derivative with respect to v (Kostrikov et al. 2022, eq. 5).</summary>
    /// <param name="q">q [batch].</param>
    /// <param name="v">v [batch].</param>
    /// <param name="expectile">tau in (0, 1): one half is half the squared error, near 1 follows the largest q.</param>
    /// <param name="gradient">Receives dL/dv [batch].</param>
    /// <returns>L.</returns>
    public static double ExpectileLoss(ReadOnlySpan<float> q, ReadOnlySpan<float> v, double expectile, Span<float> gradient)
    {
        double loss = 0;
        for (int i = 0; i < q.Length; i++)
        {
            double u = (double)q[i] - v[i], weight = Math.Abs(expectile - (u < 0 ? 1 : 0));
            loss += weight * u * u;
            gradient[i] = (float)(-2 * weight * u / q.Length);
        }

        return loss / q.Length;
    }

    /// <summary>w = min(exp(beta A), largest): the weights with which IQL (beta) and AWAC (1/lambda) imitate actions.</summary>
    /// <param name="advantages">A [batch].</param>
    /// <param name="beta">beta; 0 imitates all alike.</param>
    /// <param name="largest">The largest weight.</param>
    /// <param name="weights">Receives w [batch]; may be the same memory.</param>
    public static void AdvantageWeights(ReadOnlySpan<float> advantages, double beta, double largest, Span<float> weights)
    {
        for (int i = 0; i < advantages.Length; i++)
        {
            weights[i] = (float)Math.Min(Math.Exp(beta * advantages[i]), largest);
        }
    }

    /// <summary>
    /// The conservative penalty log sum_k exp(q_k - d_k) - q_data of one state, where d_k is the log-density with which action k was drawn (0 for the
    /// actions of a discrete space); its derivatives are softmax(q - d) and -1 (Kumar et al. 2020, eq. 4).
    /// </summary>
    /// <param name="values">q_k [samples].</param>
    /// <param name="logDensities">d_k [samples]; empty for zeros.</param>
    /// <param name="dataValue">q_data.</param>
    /// <param name="gradient">Receives softmax(q - d) [samples].</param>
    public static double ConservativePenalty(ReadOnlySpan<float> values, ReadOnlySpan<float> logDensities, double dataValue, Span<float> gradient)
    {
        double largest = double.NegativeInfinity, sum = 0;
        for (int k = 0; k < values.Length; k++)
        {
            largest = Math.Max(largest, values[k] - (logDensities.IsEmpty ? 0 : logDensities[k]));
        }

        for (int k = 0; k < values.Length; k++)
        {
            double share = Math.Exp(values[k] - (logDensities.IsEmpty ? 0 : logDensities[k]) - largest);
            gradient[k] = (float)share;
            sum += share;
        }

        for (int k = 0; k < values.Length; k++)
        {
            gradient[k] = (float)(gradient[k] / sum);
        }

        return largest + Math.Log(sum) - dataValue;
    }

    /// <summary>
    /// The derivative of -lambda mean Q(s, a) + mean |a - a_data|^2 / dim with respect to a, with lambda = alpha / mean |Q| (Fujimoto and Gu 2021,
    /// eq. 5): no positive factor of the rewards changes it.
    /// </summary>
    /// <param name="values">Q(s, a) [batch].</param>
    /// <param name="actionGradient">dQ/da [batch, action width].</param>
    /// <param name="actions">a [batch, action width].</param>
    /// <param name="dataActions">a_data [batch, action width].</param>
    /// <param name="alpha">alpha; 0 imitates.</param>
    /// <param name="gradient">Receives the derivative [batch, action width].</param>
    /// <returns>The loss.</returns>
    public static double ImitatingAscent(
        ReadOnlySpan<float> values, ReadOnlySpan<float> actionGradient, ReadOnlySpan<float> actions, ReadOnlySpan<float> dataActions, double alpha, Span<float> gradient)
    {
        double magnitude = 0, sum = 0, distance = 0;
        foreach (float value in values)
        {
            magnitude += Math.Abs(value);
            sum += value;
        }

        double lambda = magnitude > 0 ? alpha / (magnitude / values.Length) : 0;
        for (int i = 0; i < actions.Length; i++)
        {
            double difference = (double)actions[i] - dataActions[i];
            distance += difference * difference;
            gradient[i] = (float)((-lambda * actionGradient[i] / values.Length) + (2 * difference / actions.Length));
        }

        return (-lambda * sum / values.Length) + (distance / actions.Length);
    }
}
