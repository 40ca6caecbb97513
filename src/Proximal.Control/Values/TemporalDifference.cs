namespace Proximal.Control.Values;

/// <summary>Targets and losses of value functions that learn from transitions. In all of them c is 0 after termination and 1 (or gamma^(k-1)) elsewhere.</summary>
public static class TemporalDifference
{
    /// <summary>y = r + gamma c V(s').</summary>
    /// <param name="rewards">r [batch].</param>
    /// <param name="continuations">c [batch].</param>
    /// <param name="nextValues">V(s') [batch].</param>
    /// <param name="discount">gamma.</param>
    /// <param name="targets">Receives y [batch].</param>
    public static void Targets(ReadOnlySpan<float> rewards, ReadOnlySpan<float> continuations, ReadOnlySpan<float> nextValues, double discount, Span<float> targets)
    {
        float gamma = (float)discount;
        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] = rewards[i] + (gamma * continuations[i] * nextValues[i]);
        }
    }

    /// <summary>L = mean of w (Q - y)^2, with dL/dQ = 2 w (Q - y) / n.</summary>
    /// <param name="values">Q [batch].</param>
    /// <param name="targets">y [batch].</param>
    /// <param name="weights">w [batch].</param>
    /// <param name="errors">Receives Q - y [batch].</param>
    /// <param name="gradient">Receives dL/dQ [batch].</param>
    /// <returns>L.</returns>
    public static double SquaredLoss(ReadOnlySpan<float> values, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> errors, Span<float> gradient)
    {
        double loss = 0;
        float scale = 2f / values.Length;
        for (int i = 0; i < values.Length; i++)
        {
            float error = values[i] - targets[i];
            errors[i] = error;
            gradient[i] = scale * weights[i] * error;
            loss += weights[i] * (double)error * error;
        }

        return loss / values.Length;
    }

    /// <summary>L = mean of w h(Q - y), h(u) = u^2 / 2 for |u| up to 1 and |u| - 1/2 beyond (Huber 1964).</summary>
    /// <param name="values">Q [batch].</param>
    /// <param name="targets">y [batch].</param>
    /// <param name="weights">w [batch].</param>
    /// <param name="errors">Receives Q - y [batch].</param>
    /// <param name="gradient">Receives dL/dQ [batch].</param>
    /// <returns>L.</returns>
    public static double HuberLoss(ReadOnlySpan<float> values, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> errors, Span<float> gradient)
    {
        double loss = 0;
        for (int i = 0; i < values.Length; i++)
        {
            float error = values[i] - targets[i];
            float size = Math.Abs(error);
            errors[i] = error;
            gradient[i] = weights[i] * Math.Clamp(error, -1, 1) / values.Length;
            loss += weights[i] * (size <= 1 ? 0.5 * error * error : size - 0.5);
        }

        return loss / values.Length;
    }

    /// <summary>The smaller value of several critics, element by element.</summary>
    /// <param name="values">[critics, batch].</param>
    /// <param name="least">Receives min_i Q_i [batch].</param>
    public static void Least(ReadOnlySpan<float> values, Span<float> least)
    {
        int count = least.Length;
        values[..count].CopyTo(least);
        for (int start = count; start < values.Length; start += count)
        {
            for (int i = 0; i < count; i++)
            {
                least[i] = Math.Min(least[i], values[start + i]);
            }
        }
    }
}
