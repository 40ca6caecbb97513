namespace Proximal.Control.Values;

/// <summary>
/// Distributions of returns over fixed atoms z_j = v_min + j dz (C51; Bellemare, Dabney and Munos 2017).
/// </summary>
public static class CategoricalValues
{
    /// <summary>
    /// The projected Bellman target: T z_j = clip(r + gamma c z_j), b = (T z_j - v_min) / dz, of the mass p_j the part u - b goes to l = floor b
    /// and b - l to u = ceil b (all to l where they are equal).
    /// </summary>
    /// <param name="nextProbabilities">p of the chosen next actions [batch, atoms].</param>
    /// <param name="rewards">r [batch].</param>
    /// <param name="continuations">c [batch].</param>
    /// <param name="discount">gamma.</param>
    /// <param name="minimum">v_min.</param>
    /// <param name="maximum">v_max.</param>
    /// <param name="targets">Receives m [batch, atoms].</param>
    public static void Project(
        ReadOnlySpan<float> nextProbabilities, ReadOnlySpan<float> rewards, ReadOnlySpan<float> continuations, double discount, double minimum, double maximum, Span<float> targets)
    {
        int atoms = nextProbabilities.Length / rewards.Length;
        double step = (maximum - minimum) / (atoms - 1);
        targets.Clear();
        for (int row = 0; row < rewards.Length; row++)
        {
            Span<float> target = targets.Slice(row * atoms, atoms);
            double scale = discount * continuations[row];
            for (int j = 0; j < atoms; j++)
            {
                double moved = Math.Clamp(rewards[row] + (scale * (minimum + (j * step))), minimum, maximum);
                double place = Math.Clamp((moved - minimum) / step, 0, atoms - 1);
                int lower = (int)place;
                float probability = nextProbabilities[(row * atoms) + j], above = (float)(place - lower);
                target[lower] += probability * (1 - above);
                if (above > 0)
                {
                    target[lower + 1] += probability * above;
                }
            }
        }
    }

    /// <summary>L = mean of w (-sum_j m_j log p_j) for p = softmax(logits), with dL/dlogits = w (p sum_j m_j - m) / n.</summary>
    /// <param name="logits">Of the chosen actions [batch, atoms].</param>
    /// <param name="targets">m [batch, atoms].</param>
    /// <param name="weights">w [batch].</param>
    /// <param name="losses">Receives the cross-entropy of each transition [batch].</param>
    /// <param name="gradient">Receives dL/dlogits [batch, atoms].</param>
    /// <returns>L.</returns>
    public static double CrossEntropy(ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> losses, Span<float> gradient)
    {
        int count = weights.Length, atoms = logits.Length / count;
        double total = 0;
        for (int row = 0; row < count; row++)
        {
            Span<float> probabilities = gradient.Slice(row * atoms, atoms);
            ReadOnlySpan<float> target = targets.Slice(row * atoms, atoms), logit = logits.Slice(row * atoms, atoms);
            float logSum = Softmax(logit, probabilities), loss = 0, mass = 0, scale = weights[row] / count;
            for (int j = 0; j < atoms; j++)
            {
                loss -= target[j] * (logit[j] - logSum);
                mass += target[j];
            }

            for (int j = 0; j < atoms; j++)
            {
                probabilities[j] = scale * ((probabilities[j] * mass) - target[j]);
            }

            losses[row] = loss;
            total += weights[row] * loss;
        }

        return total / count;
    }

    /// <summary>Writes softmax(logits) of one row and gives log sum exp(logits).</summary>
    public static float Softmax(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        float largest = float.NegativeInfinity, sum = 0;
        foreach (float logit in logits)
        {
            largest = Math.Max(largest, logit);
        }

        for (int j = 0; j < logits.Length; j++)
        {
            probabilities[j] = MathF.Exp(logits[j] - largest);
            sum += probabilities[j];
        }

        float scale = 1 / sum;
        for (int j = 0; j < logits.Length; j++)
        {
            probabilities[j] *= scale;
        }

        return largest + MathF.Log(sum);
    }

    /// <summary>The expected value sum_j p_j z_j of one row.</summary>
    public static float Mean(ReadOnlySpan<float> probabilities, double minimum, double maximum)
    {
        double step = (maximum - minimum) / (probabilities.Length - 1), sum = 0;
        for (int j = 0; j < probabilities.Length; j++)
        {
            sum += probabilities[j] * (minimum + (j * step));
        }

        return (float)sum;
    }
}
