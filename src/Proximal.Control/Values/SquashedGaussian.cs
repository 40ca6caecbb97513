namespace Proximal.Control.Values;

/// <summary>
/// Actions a = tanh(u), u ~ N(mu, std^2), with log std = -5 + 3.5 (tanh(x) + 1) in [-5, 2] of the outputs (mu, x) of a network. Over actions in
/// [-1, 1], log pi = sum_i [log N(u_i) - log(1 - a_i^2 + 1e-6)] (Haarnoja et al. 2018, appendix C; bounds as in CleanRL).
/// </summary>
public static class SquashedGaussian
{
    /// <summary>Keeps the logarithm of 1 - a^2 finite.</summary>
    public const float Epsilon = 1e-6f;

    private const float LeastLogDeviation = -5;
    private const float HalfRange = 3.5f;
    private const float LogRootTwoPi = 0.9189385332f;

    /// <summary>log std of an output x.</summary>
    public static float LogDeviation(float x) => LeastLogDeviation + (HalfRange * (MathF.Tanh(x) + 1));

    /// <summary>Draws actions with given standard normal numbers.</summary>
    /// <param name="outputs">(mu, x) [batch, 2 * width]: all mu of a row, then all x.</param>
    /// <param name="noise">Standard normal numbers [batch, width].</param>
    /// <param name="actions">Receives a [batch, width].</param>
    /// <param name="logProbs">Receives log pi [batch].</param>
    public static void Sample(ReadOnlySpan<float> outputs, ReadOnlySpan<float> noise, Span<float> actions, Span<float> logProbs)
    {
        int width = actions.Length / logProbs.Length;
        for (int row = 0; row < logProbs.Length; row++)
        {
            float sum = 0;
            for (int i = 0; i < width; i++)
            {
                float logDeviation = LogDeviation(outputs[(((2 * row) + 1) * width) + i]), e = noise[(row * width) + i];
                float u = outputs[(2 * row * width) + i] + (MathF.Exp(logDeviation) * e), a = MathF.Tanh(u);
                actions[(row * width) + i] = a;
                sum += (-0.5f * e * e) - logDeviation - LogRootTwoPi - MathF.Log(1 - (a * a) + Epsilon);
            }

            logProbs[row] = sum;
        }
    }

    /// <summary>The gradient of a loss that depends on actions drawn by <see cref="Sample"/> and on their log-probabilities.</summary>
    /// <param name="outputs">(mu, x) [batch, 2 * width].</param>
    /// <param name="noise">The numbers with which the actions were drawn [batch, width].</param>
    /// <param name="actions">a [batch, width].</param>
    /// <param name="actionGradient">dL/da with log pi held fixed [batch, width].</param>
    /// <param name="logProbGradient">dL/dlog pi [batch].</param>
    /// <param name="gradient">Receives dL/d(mu, x) [batch, 2 * width].</param>
    public static void Gradient(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> noise, ReadOnlySpan<float> actions, ReadOnlySpan<float> actionGradient, ReadOnlySpan<float> logProbGradient, Span<float> gradient)
    {
        int width = actions.Length / logProbGradient.Length;
        for (int row = 0; row < logProbGradient.Length; row++)
        {
            float weight = logProbGradient[row];
            for (int i = 0; i < width; i++)
            {
                int place = (row * width) + i, x = (((2 * row) + 1) * width) + i;
                float a = actions[place], slope = 1 - (a * a), squash = MathF.Tanh(outputs[x]);
                float deviation = MathF.Exp(LeastLogDeviation + (HalfRange * (squash + 1)));
                float u = slope * (actionGradient[place] + (weight * 2 * a / (slope + Epsilon)));
                gradient[(2 * row * width) + i] = u;
                gradient[x] = ((u * deviation * noise[place]) - weight) * HalfRange * (1 - (squash * squash));
            }
        }
    }

    /// <summary>log pi of given actions in (-1, 1), as offline algorithms need it.</summary>
    /// <param name="outputs">(mu, x) [batch, 2 * width].</param>
    /// <param name="actions">a [batch, width]; drawn in by <see cref="Epsilon"/> at the bounds.</param>
    /// <param name="logProbs">Receives log pi [batch].</param>
    public static void LogProb(ReadOnlySpan<float> outputs, ReadOnlySpan<float> actions, Span<float> logProbs)
    {
        int width = actions.Length / logProbs.Length;
        for (int row = 0; row < logProbs.Length; row++)
        {
            float sum = 0;
            for (int i = 0; i < width; i++)
            {
                float a = Math.Clamp(actions[(row * width) + i], -1 + Epsilon, 1 - Epsilon), logDeviation = LogDeviation(outputs[(((2 * row) + 1) * width) + i]);
                float e = (MathF.Atanh(a) - outputs[(2 * row * width) + i]) / MathF.Exp(logDeviation);
                sum += (-0.5f * e * e) - logDeviation - LogRootTwoPi - MathF.Log(1 - (a * a) + Epsilon);
            }

            logProbs[row] = sum;
        }
    }

    /// <summary>The loss of the temperature, L = mean of -exp(log alpha) (log pi + H), and its derivative with respect to log alpha, which is the same number.</summary>
    /// <param name="logProbs">log pi [batch].</param>
    /// <param name="targetEntropy">H.</param>
    /// <param name="logTemperature">log alpha.</param>
    public static double TemperatureLoss(ReadOnlySpan<float> logProbs, double targetEntropy, double logTemperature)
    {
        double sum = 0;
        foreach (float logProb in logProbs)
        {
            sum += logProb + targetEntropy;
        }

        return -Math.Exp(logTemperature) * sum / logProbs.Length;
    }
}
