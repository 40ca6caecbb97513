namespace Proximal.Control.Learning;

/// <summary>Advantages and returns of rollouts that lie as [steps, copies].</summary>
public static class AdvantageEstimation
{
    /// <summary>
    /// Generalized advantage estimation (Schulman et al. 2016): delta_t = r_t + gamma V_{t+1} (1 - d_t) - V_t and
    /// A_t = delta_t + gamma lambda (1 - d_t) A_{t+1}, where d_t is 1 if the episode ended in step t. With lambda 1, A_t + V_t is the discounted
    /// return, bootstrapped where the rollout ends; with lambda 0, A_t is the one-step temporal difference.
    /// </summary>
    /// <param name="rewards">r [steps, copies].</param>
    /// <param name="values">V [steps, copies].</param>
    /// <param name="ended">d [steps, copies].</param>
    /// <param name="lastValues">Values of the states after the last step [copies].</param>
    /// <param name="discount">gamma.</param>
    /// <param name="lambda">lambda.</param>
    /// <param name="advantages">Receives A [steps, copies].</param>
    public static void Generalized(
        ReadOnlySpan<float> rewards,
        ReadOnlySpan<float> values,
        ReadOnlySpan<bool> ended,
        ReadOnlySpan<float> lastValues,
        double discount,
        double lambda,
        Span<float> advantages)
    {
        int copies = lastValues.Length;
        for (int copy = 0; copy < copies; copy++)
        {
            double next = lastValues[copy], advantage = 0;
            for (int i = rewards.Length - copies + copy; i >= 0; i -= copies)
            {
                double goesOn = ended[i] ? 0 : discount;
                advantage = rewards[i] + (goesOn * next) - values[i] + (goesOn * lambda * advantage);
                advantages[i] = (float)advantage;
                next = values[i];
            }
        }
    }

    /// <summary>Discounted returns G_t = r_t + gamma (1 - d_t) G_{t+1}, which start from the values of the states after the last step.</summary>
    /// <param name="rewards">r [steps, copies].</param>
    /// <param name="ended">d [steps, copies].</param>
    /// <param name="lastValues">Values of the states after the last step [copies].</param>
    /// <param name="discount">gamma.</param>
    /// <param name="returns">Receives G [steps, copies].</param>
    public static void Returns(
        ReadOnlySpan<float> rewards, ReadOnlySpan<bool> ended, ReadOnlySpan<float> lastValues, double discount, Span<float> returns)
    {
        int copies = lastValues.Length;
        for (int copy = 0; copy < copies; copy++)
        {
            double next = lastValues[copy];
            for (int i = rewards.Length - copies + copy; i >= 0; i -= copies)
            {
                next = rewards[i] + (ended[i] ? 0 : discount * next);
                returns[i] = (float)next;
            }
        }
    }

    /// <summary>Brings numbers to mean 0 and standard deviation 1 (of a sample, plus 1e-8); fewer than two stay as they are.</summary>
    /// <param name="advantages">Numbers, changed in place.</param>
    public static void Normalize(Span<float> advantages)
    {
        if (advantages.Length < 2)
        {
            return;
        }

        double sum = 0, squares = 0;
        foreach (float advantage in advantages)
        {
            sum += advantage;
        }

        double mean = sum / advantages.Length;
        foreach (float advantage in advantages)
        {
            squares += (advantage - mean) * (advantage - mean);
        }

        double scale = 1 / (Math.Sqrt(squares / (advantages.Length - 1)) + 1e-8);
        foreach (ref float advantage in advantages)
        {
            advantage = (float)((advantage - mean) * scale);
        }
    }

    /// <summary>1 - Var(R - V) / Var(R): 1 where values foretell the returns, 0 where they are no better than a constant; NaN for constant returns.</summary>
    /// <param name="values">V.</param>
    /// <param name="returns">R.</param>
    public static double ExplainedVariance(ReadOnlySpan<float> values, ReadOnlySpan<float> returns)
    {
        double meanReturn = 0, meanRest = 0, variance = 0, rest = 0;
        for (int i = 0; i < returns.Length; i++)
        {
            meanReturn += returns[i];
            meanRest += (double)returns[i] - values[i];
        }

        meanReturn /= returns.Length;
        meanRest /= returns.Length;
        for (int i = 0; i < returns.Length; i++)
        {
            double r = returns[i] - meanReturn, e = (double)returns[i] - values[i] - meanRest;
            variance += r * r;
            rest += e * e;
        }

        return variance == 0 ? double.NaN : 1 - (rest / variance);
    }
}
