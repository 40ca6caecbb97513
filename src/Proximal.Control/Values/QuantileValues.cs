namespace Proximal.Control.Values;

/// <summary>Distributions of returns by their quantiles at tau_i = (i + 1/2) / N (QR-DQN; Dabney et al. 2018).</summary>
public static class QuantileValues
{
    /// <summary>
    /// L = mean of w sum_i mean_j |tau_i - 1[u &lt; 0]| h(u), u = y_j - theta_i, h(u) = u^2 / 2 for |u| up to 1 and |u| - 1/2 beyond.
    /// </summary>
    /// <param name="quantiles">theta of the chosen actions [batch, N].</param>
    /// <param name="targets">y [batch, N].</param>
    /// <param name="weights">w [batch].</param>
    /// <param name="losses">Receives the loss of each transition [batch].</param>
    /// <param name="gradient">Receives dL/dtheta [batch, N].</param>
    /// <returns>L.</returns>
    public static double HuberLoss(ReadOnlySpan<float> quantiles, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> losses, Span<float> gradient)
    {
        int count = weights.Length, atoms = quantiles.Length / count;
        double total = 0;
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> theta = quantiles.Slice(row * atoms, atoms), target = targets.Slice(row * atoms, atoms);
            float scale = weights[row] / (count * (float)atoms), rowLoss = 0;
            for (int i = 0; i < atoms; i++)
            {
                float tau = (i + 0.5f) / atoms, loss = 0, slope = 0;
                foreach (float y in target)
                {
                    float u = y - theta[i], size = Math.Abs(u), share = u < 0 ? 1 - tau : tau;
                    loss += share * (size <= 1 ? 0.5f * u * u : size - 0.5f);
                    slope -= share * Math.Clamp(u, -1, 1);
                }

                rowLoss += loss;
                gradient[(row * atoms) + i] = scale * slope;
            }

            losses[row] = rowLoss / atoms;
            total += weights[row] * losses[row];
        }

        return total / count;
    }

    /// <summary>The targets y_j = r + gamma c theta'_j.</summary>
    /// <param name="nextQuantiles">theta' of the chosen next actions [batch, N].</param>
    /// <param name="rewards">r [batch].</param>
    /// <param name="continuations">c [batch].</param>
    /// <param name="discount">gamma.</param>
    /// <param name="targets">Receives y [batch, N].</param>
    public static void Targets(ReadOnlySpan<float> nextQuantiles, ReadOnlySpan<float> rewards, ReadOnlySpan<float> continuations, double discount, Span<float> targets)
    {
        int atoms = nextQuantiles.Length / rewards.Length;
        for (int row = 0; row < rewards.Length; row++)
        {
            float scale = (float)discount * continuations[row];
            for (int j = row * atoms; j < (row + 1) * atoms; j++)
            {
                targets[j] = rewards[row] + (scale * nextQuantiles[j]);
            }
        }
    }
}
