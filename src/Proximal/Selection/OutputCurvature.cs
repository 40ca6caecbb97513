namespace Proximal.Selection;

/// <summary>
/// The second-order model of one token at the output layer, logits <c>W h</c> with h held fixed. With <c>v = e_a - π</c> the gradient of the token's objective is
/// <c>g = A v hᵀ</c>; the optimizer would move W along G, and the logits along <c>u = G h</c>. A step of size η then shifts the objective by
/// <c>m_H = η ⟨g, G⟩ + ½ η² A ((v·u)² - uᵀ(diag π - π πᵀ)u)</c>, the expansion of <c>A (π'(a)/π(a) - 1)</c>, and the policy by <c>m_F = ½ η² (v·u)²</c>. Melo et
/// al. 2025.
/// </summary>
public static class OutputCurvature
{
    /// <summary>The logits' direction under plain gradient ascent, <c>u = A v |h|²</c>.</summary>
    /// <param name="hidden">h. [hidden]</param>
    /// <param name="score">v. [rows]</param>
    /// <param name="advantage">A.</param>
    /// <param name="direction">Receives u. [rows]</param>
    public static void GradientDirection(ReadOnlySpan<float> hidden, ReadOnlySpan<double> score, double advantage, Span<double> direction)
    {
        double square = 0;
        foreach (float h in hidden)
        {
            square += (double)h * h;
        }

        for (int j = 0; j < score.Length; j++)
        {
            direction[j] = advantage * score[j] * square;
        }
    }

    /// <summary><c>uᵀ(diag π - π πᵀ)u</c>: the variance of u under π.</summary>
    /// <param name="probabilities">π. [rows]</param>
    /// <param name="direction">u. [rows]</param>
    public static double Variance(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> direction)
    {
        double mean = 0, square = 0;
        for (int j = 0; j < direction.Length; j++)
        {
            mean += probabilities[j] * direction[j];
            square += probabilities[j] * direction[j] * direction[j];
        }

        return square - (mean * mean);
    }

    /// <summary>What a step would do.</summary>
    /// <param name="probabilities">π. [rows]</param>
    /// <param name="score">v. [rows]</param>
    /// <param name="direction">u. [rows]</param>
    /// <param name="advantage">A.</param>
    /// <param name="learningRate">η.</param>
    /// <returns>m_H and m_F.</returns>
    public static (double Objective, double Policy) Shifts(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<double> score, ReadOnlySpan<double> direction, double advantage, double learningRate)
    {
        double along = 0;
        for (int j = 0; j < direction.Length; j++)
        {
            along += score[j] * direction[j];
        }

        double fisher = along * along, half = 0.5 * learningRate * learningRate;
        return ((learningRate * advantage * along) + (half * advantage * (fisher - Variance(probabilities, direction))), half * fisher);
    }
}
