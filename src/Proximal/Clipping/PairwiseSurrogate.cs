namespace Proximal.Clipping;

/// <summary>
/// The consistency that the optimum of reward minus τ KL to an anchor satisfies on every pair of responses, as a loss of one group:
/// <c>L = 1/K² Σ_{i&lt;j} ((R_i - R_j) - τ (Δ_i - Δ_j))² / (1 + τ)²</c> with <c>Δ_i = log π_θ(y_i) - log π_anchor(y_i)</c>. At the anchor its gradient is
/// group-relative REINFORCE up to a positive factor, which is where <see cref="RegularizedReinforce"/> comes from. Yao et al. 2025.
/// </summary>
public static class PairwiseSurrogate
{
    /// <summary>The loss.</summary>
    /// <param name="rewards">R. [K]</param>
    /// <param name="differences">Δ. [K]</param>
    /// <param name="tau">τ.</param>
    public static double Loss(ReadOnlySpan<double> rewards, ReadOnlySpan<double> differences, double tau)
    {
        double sum = 0;
        for (int i = 0; i < rewards.Length; i++)
        {
            for (int j = i + 1; j < rewards.Length; j++)
            {
                double violation = rewards[i] - rewards[j] - (tau * (differences[i] - differences[j]));
                sum += violation * violation;
            }
        }

        return sum / ((double)rewards.Length * rewards.Length * (1 + tau) * (1 + tau));
    }

    /// <summary>The derivative of the loss with respect to each Δ.</summary>
    /// <param name="rewards">R. [K]</param>
    /// <param name="differences">Δ. [K]</param>
    /// <param name="tau">τ.</param>
    /// <param name="gradient">Receives the derivatives. [K]</param>
    public static void Gradient(ReadOnlySpan<double> rewards, ReadOnlySpan<double> differences, double tau, Span<double> gradient)
    {
        double mean = 0;
        for (int i = 0; i < rewards.Length; i++)
        {
            gradient[i] = rewards[i] - (tau * differences[i]);
            mean += gradient[i] / rewards.Length;
        }

        double scale = -2 * tau / (rewards.Length * (1 + tau) * (1 + tau));
        for (int i = 0; i < rewards.Length; i++)
        {
            gradient[i] = scale * (gradient[i] - mean);
        }
    }
}
