using System.Numerics;

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

    // Numbers that are worked on together, in vectors.
    private const int Block = 256;

    /// <summary>log std of an output x.</summary>
    public static float LogDeviation(float x) => LeastLogDeviation + (HalfRange * (MathF.Tanh(x) + 1));

    /// <summary>Draws actions with given standard normal numbers.</summary>
    /// <param name="outputs">(mu, x) [batch, 2 * width]: all mu of a row, then all x.</param>
    /// <param name="noise">Standard normal numbers [batch, width].</param>
    /// <param name="actions">Receives a [batch, width].</param>
    /// <param name="logProbs">Receives log pi [batch].</param>
    public static void Sample(ReadOnlySpan<float> outputs, ReadOnlySpan<float> noise, Span<float> actions, Span<float> logProbs)
    {
        int width = actions.Length / logProbs.Length, rows = Math.Max(1, Block / width);
        Span<float> memory = rows * width <= Block ? stackalloc float[3 * Block] : new float[3 * rows * width];
        for (int row = 0; row < logProbs.Length; row += rows)
        {
            int count = Math.Min(rows, logProbs.Length - row), length = count * width, start = row * width;
            Span<float> means = memory[..length], deviations = memory.Slice(length, length), terms = memory.Slice(2 * length, length);
            Divide(outputs[(2 * start)..], width, means, deviations);
            Draw(means, deviations, noise.Slice(start, length), actions.Slice(start, length), terms);
            for (int i = 0; i < count; i++)
            {
                float sum = 0;
                foreach (float term in terms.Slice(i * width, width))
                {
                    sum += term;
                }

                logProbs[row + i] = sum;
            }
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
        int width = actions.Length / logProbGradient.Length, rows = Math.Max(1, Block / width);
        Span<float> memory = rows * width <= Block ? stackalloc float[2 * Block] : new float[2 * rows * width];
        for (int row = 0; row < logProbGradient.Length; row += rows)
        {
            int count = Math.Min(rows, logProbGradient.Length - row), length = count * width, start = row * width;
            Span<float> squashes = memory[..length], deviations = memory.Slice(length, length);
            Divide(outputs[(2 * start)..], width, deviations, squashes);
            Squash(squashes, deviations);
            for (int place = 0; place < length; place++)
            {
                float weight = logProbGradient[row + (place / width)], a = actions[start + place], slope = 1 - (a * a), squash = squashes[place];
                float u = slope * (actionGradient[start + place] + (weight * 2 * a / (slope + Epsilon)));
                int mean = (2 * start) + (place / width * 2 * width) + (place % width);
                gradient[mean] = u;
                gradient[mean + width] = ((u * deviations[place] * noise[start + place]) - weight) * HalfRange * (1 - (squash * squash));
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

    /// <summary>Takes rows of (mu, x) apart.</summary>
    private static void Divide(ReadOnlySpan<float> outputs, int width, Span<float> means, Span<float> others)
    {
        for (int start = 0; start < means.Length; start += width)
        {
            outputs.Slice(2 * start, width).CopyTo(means[start..]);
            outputs.Slice((2 * start) + width, width).CopyTo(others[start..]);
        }
    }

    /// <summary>a = tanh(mu + std e) and its term of log pi. The deviations come in as x.</summary>
    private static void Draw(ReadOnlySpan<float> means, ReadOnlySpan<float> xs, ReadOnlySpan<float> noise, Span<float> actions, Span<float> terms)
    {
        int i = 0;
        for (; i <= means.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> e = new(noise[i..]), logDeviation = LogDeviation(Tanh(new Vector<float>(xs[i..])));
            Vector<float> a = Tanh(new Vector<float>(means[i..]) + (Vector.Exp(logDeviation) * e));
            a.CopyTo(actions[i..]);
            ((new Vector<float>(-0.5f) * e * e) - logDeviation - new Vector<float>(LogRootTwoPi) - Vector.Log(Vector<float>.One - (a * a) + new Vector<float>(Epsilon))).CopyTo(terms[i..]);
        }

        for (; i < means.Length; i++)
        {
            float logDeviation = LogDeviation(xs[i]), a = MathF.Tanh(means[i] + (MathF.Exp(logDeviation) * noise[i]));
            actions[i] = a;
            terms[i] = (-0.5f * noise[i] * noise[i]) - logDeviation - LogRootTwoPi - MathF.Log(1 - (a * a) + Epsilon);
        }
    }

    /// <summary>tanh(x) in place, and std.</summary>
    private static void Squash(Span<float> xs, Span<float> deviations)
    {
        int i = 0;
        for (; i <= xs.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> squash = Tanh(new Vector<float>(xs[i..]));
            squash.CopyTo(xs[i..]);
            Vector.Exp(LogDeviation(squash)).CopyTo(deviations[i..]);
        }

        for (; i < xs.Length; i++)
        {
            deviations[i] = MathF.Exp(LogDeviation(xs[i]));
            xs[i] = MathF.Tanh(xs[i]);
        }
    }

    private static Vector<float> LogDeviation(Vector<float> squash) => new Vector<float>(LeastLogDeviation) + (new Vector<float>(HalfRange) * (squash + Vector<float>.One));

    /// <summary>tanh u = 1 - 2 / (e^2u + 1), exact to about 1e-7.</summary>
    private static Vector<float> Tanh(Vector<float> u) => Vector<float>.One - (new Vector<float>(2) / (Vector.Exp(u + u) + Vector<float>.One));
}
